package dev.audition.handlers;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.sqs.Queue;
import dev.audition.aws.testkit.LocalAccess;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.aws.testkit.LocalQueues;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReports;
import dev.audition.core.run.RunService;
import dev.audition.core.source.SourceArchiveWriter;
import dev.audition.core.testkit.Eventually;
import dev.audition.handlers.template.TemplateFile;
import dev.audition.handlers.wire.Account;
import dev.audition.handlers.wire.Deaths;
import dev.audition.handlers.wire.EventSource;
import dev.audition.handlers.wire.MortalCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The four functions, in an account: called as Lambda calls them, with the batches and as many at
 * one time as the template says. Each call to AWS may kill whoever makes it; a function that starts
 * anew knows nothing of the one before.
 */
final class AccountFunctions implements AutoCloseable {
  private static final byte[] SCHEDULED =
      "{\"source\": \"aws.events\"}".getBytes(StandardCharsets.UTF_8);

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = () -> Instant.now().plus(ahead.get());
  private final Account account;
  private final Deaths deaths;
  private final Supplier<GuardedPost> post;
  private final Watch watch;
  private final DynamoRunStore store;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(lines, true, StandardCharsets.UTF_8);
  private final List<EventSource> sources = new ArrayList<>();
  private final ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(1);
  private @Nullable SweepHandler sweeper;

  /** Sees what functions do, without changing it. */
  interface Watch {
    /** Nobody looks. */
    Watch NONE =
        new Watch() {
          @Override
          public EventSource.Function called(String name, EventSource.Function function) {
            return function;
          }

          @Override
          public AwsAccess asked(AwsAccess access) {
            return access;
          }
        };

    /** Return the same function, seen whenever it is called. */
    EventSource.Function called(String name, EventSource.Function function);

    /** Return the same access, seen whenever it is used. */
    AwsAccess asked(AwsAccess access);
  }

  /**
   * Deploy them; nothing sweeps until it is asked for.
   *
   * @param post made once for each function
   */
  AccountFunctions(Account account, Deaths deaths, Supplier<GuardedPost> post) {
    this(account, deaths, post, Watch.NONE);
  }

  /** Deploy them with somebody who looks on. */
  AccountFunctions(Account account, Deaths deaths, Supplier<GuardedPost> post, Watch watch) {
    this.account = account;
    this.deaths = deaths;
    this.post = post;
    this.watch = watch;
    this.store =
        new DynamoRunStore(LocalDynamo.access(), account.table(), Duration.ofDays(1), clock);
    TemplateFile template = TemplateFile.read();
    listen(
        template,
        "RunRequestFunction",
        account.runRequests(),
        wiring -> new RunRequestHandler(wiring)::handleRequest);
    listen(
        template,
        "TaskEventFunction",
        account.taskEvents(),
        wiring -> new TaskEventHandler(wiring)::handleRequest);
    listen(
        template,
        "HookFunction",
        account.hooks(),
        wiring -> new HookHandler(wiring)::handleRequest);
  }

  private void listen(
      TemplateFile template,
      String function,
      Account.QueuePair queue,
      Function<Wiring, EventSource.Function> handler) {
    EventSource.Settings settings =
        new EventSource.Settings(template.batchSize(function), template.mostAtOnce(function));
    sources.add(
        new EventSource(
            account.sqs(),
            queue.url(),
            settings,
            () -> watch.called(function, handler.apply(wiring()))));
  }

  /** Return what a function makes when it starts. */
  private Wiring wiring() {
    return new Wiring(
        account.environment(),
        out,
        clock,
        new Wiring.Outside(this::access, post, AccountFunctions::noRegistry));
  }

  private AwsAccess access(String region) {
    return watch
        .asked(AwsAccess.withKeys(region, LocalAccess.ACCESS_KEY_ID, LocalAccess.SECRET_ACCESS_KEY))
        .watchedBy(new MortalCalls(deaths));
  }

  private static URI noRegistry(String host) {
    throw new IllegalArgumentException("there is no registry " + host);
  }

  /** Sweep once, in the function that swept before if it lives. */
  synchronized void sweep() {
    SweepHandler handler = sweeper == null ? new SweepHandler(wiring()) : sweeper;
    sweeper = null;
    try {
      watch
          .called("SweepFunction", handler::handleRequest)
          .handle(new ByteArrayInputStream(SCHEDULED), new ByteArrayOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sweeper = handler;
  }

  /** Let the functions' clocks be ahead of the time. */
  void ahead(Duration by) {
    ahead.set(by);
  }

  /** Sweep by the clock from now on; a sweep that dies is done with. */
  void sweepEvery(Duration pause) {
    Runnable sweep =
        () -> {
          try {
            sweep();
          } catch (Deaths.Death | RuntimeException _) {
            // The next one goes on, as that of the next minute does.
          }
        };
    var _ =
        schedule.scheduleWithFixedDelay(
            sweep, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Store a source, and ask for a run of it.
   *
   * @param more fields of the request, each with a comma before
   */
  RunId ask(String runId, String more, String... namesAndTexts) {
    SourceArchiveWriter writer = new SourceArchiveWriter();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      writer.add(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    account.files().put("runs/" + runId + "/source.zip", writer.zip());
    send(Deployment.request(runId, more));
    return new RunId(runId);
  }

  /** Put a message on the queue of run requests. */
  void send(String body) {
    new Queue(LocalQueues.access(), account.runRequests().url()).send(body, "shop", Duration.ZERO);
  }

  /** Return the runs' store, for whoever else uses it. */
  DynamoRunStore store() {
    return store;
  }

  /** Cancel a run, and be gone before anything more is done about it. */
  void cancelAndLeave(RunId id) {
    RunService service = new RunService(Gone.ports(store), clock, Runnable::run, _ -> {});
    var _ = service.cancel(id, "a person", "enough");
  }

  Run run(RunId id) {
    return store.load(id).orElseThrow();
  }

  /** Wait for a run's verdict. */
  Run ended(RunId id, Duration patience) {
    try {
      Eventually.within(
          patience,
          "the verdict of " + id,
          () -> store.load(id).map(run -> run.verdict() != null).orElse(false));
    } catch (AssertionError e) {
      throw new AssertionError(
          "%s; it is %s%n%s".formatted(e.getMessage(), store.load(id), log()), e);
    }
    return run(id);
  }

  /** Return what is told of a run. */
  RunReport report(RunId id) {
    return RunReports.report(run(id), List.of(), clock.instant());
  }

  /** Return what the functions wrote. */
  String log() {
    return lines.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    deaths.end();
    schedule.shutdownNow();
    sources.forEach(EventSource::close);
  }
}
