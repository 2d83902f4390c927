package dev.audition.handlers.wire;

import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.ecs.FargateSettings;
import dev.audition.aws.ecs.FargateTaskRuntime;
import dev.audition.aws.ecs.TableDefinitions;
import dev.audition.aws.ecs.TaskStateChange;
import dev.audition.aws.s3.S3BlobStore;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.Planner;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReports;
import dev.audition.core.run.RunService;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.testkit.SampleService;
import dev.audition.core.tree.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs in the account's parts: the store on DynamoDB, the runtime on ECS, files in S3, task events
 * through a queue, a sweep by the clock. What the parts are asked for may kill whoever asks.
 */
final class CloudRuns implements AutoCloseable {
  private static final Duration RETENTION = Duration.ofDays(1);
  private static final Duration SWEEP = Duration.ofMillis(500);
  private static final InstantSource CLOCK = InstantSource.system();

  final Account account;
  private final LoweredPreparation preparation = new LoweredPreparation();
  private final RunPorts ports;
  private final Deaths deaths;
  private final EventSource taskEvents;
  private final ScheduledThreadPoolExecutor sweeps = new ScheduledThreadPoolExecutor(1);

  CloudRuns(Path logs, Deaths deaths) {
    this.account = new Account(logs);
    this.deaths = deaths;
    this.ports =
        new RunPorts(
            new DynamoRunStore(LocalDynamo.access(), account.table, RETENTION, CLOCK),
            runtime(account),
            preparation);
    this.taskEvents =
        new EventSource(account.sqs, account.taskEvents, 4, (event, _) -> take(event));
    var _ =
        sweeps.scheduleWithFixedDelay(
            this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static FargateTaskRuntime runtime(Account account) {
    return new FargateTaskRuntime(
        account.ecsAccess(),
        new FargateSettings(
            account.ecs.wire().arns().clusterArn(),
            account.bucket,
            List.of("subnet-1"),
            List.of("sg-1"),
            true,
            "arn:aws:iam::123456789012:role/execution",
            "",
            "/audition",
            FargateSettings.LOG_STREAM_PREFIX,
            0),
        new S3BlobStore(account.s3Access(), account.bucket),
        new TableDefinitions(LocalDynamo.access(), account.table, RETENTION, CLOCK),
        CLOCK);
  }

  /** Return a service as a function makes one: it may die at whatever it does. */
  private RunService service() {
    return new RunService(
        new RunPorts(
            new MortalRunStore(ports.store(), deaths),
            new MortalTaskRuntime(ports.runtime(), deaths),
            preparation),
        CLOCK,
        Runnable::run,
        _ -> {});
  }

  private void take(InputStream event) throws IOException {
    RunService service = service();
    String json = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    for (Fields record : Fields.parse(json).list("Records")) {
      TaskStateChange.read(JsonReader.read(record.text("body"), "event"))
          .ifPresent(service::taskChanged);
    }
  }

  private void sweep() {
    try {
      service().sweep(CLOCK.instant());
    } catch (Deaths.Death | RuntimeException e) {
      // The next one goes on.
    }
  }

  /** Store a run, and begin it; whoever begins it may die, and the sweep goes on. */
  RunId start(String id, SampleService... services) {
    RunId runId = new RunId(id);
    Plan plan = Planner.plan(Compositions.pipeline(services), 1, ImageConfigs.NONE);
    preparation.plan(runId, plan);
    Run run = Run.queued(runId, "audition.yml", null, List.of(plan), CLOCK.instant());
    ports.store().create(run);
    new RunService(ports, CLOCK, Runnable::run, _ -> {}).start(run);
    return runId;
  }

  void cancel(RunId run) {
    new RunService(ports, CLOCK, Runnable::run, _ -> {}).cancel(run, "a person", "enough");
  }

  Run run(RunId id) {
    return ports.store().load(id).orElseThrow();
  }

  /** Wait for a run's verdict. */
  Run ended(RunId id, Duration patience) {
    Eventually.within(patience, "the verdict of " + id, () -> run(id).verdict() != null);
    return run(id);
  }

  RunReport report(RunId id) {
    return RunReports.report(run(id), List.of(), CLOCK.instant());
  }

  @Override
  public void close() {
    sweeps.shutdownNow();
    taskEvents.close();
    account.close();
  }
}
