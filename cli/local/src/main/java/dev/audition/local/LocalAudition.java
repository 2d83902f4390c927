package dev.audition.local;

import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectReader;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.Planner;
import dev.audition.core.run.HookService;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReports;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.source.SourceFiles;
import dev.audition.local.docker.EngineAddress;
import dev.audition.local.docker.EngineAddresses;
import dev.audition.local.docker.EngineCheck;
import dev.audition.local.docker.EngineChecks;
import dev.audition.local.docker.EngineUnavailableException;
import dev.audition.local.runtime.DockerTaskRuntime;
import dev.audition.local.runtime.TaskRemoval;
import dev.audition.local.store.AbandonedRuns;
import dev.audition.local.store.CancelRequest;
import dev.audition.local.store.FileRunStore;
import dev.audition.local.store.RunIds;
import dev.audition.local.store.RunLease;
import dev.audition.local.workspace.DiskSourceFiles;
import dev.audition.local.workspace.WorkTree;
import dev.audition.local.workspace.WorkTrees;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Audition on this machine: the Docker engine, and runs as files. */
public final class LocalAudition implements Auditions {
  private static final Duration ENGINE_ANSWER = Duration.ofSeconds(5);
  private static final int MOST_RUNS = 100;

  private final Map<String, String> environment;
  private final Path here;
  private final InstantSource clock;
  private final FileRunStore store;
  private final SourceFiles files;
  private final RandomGenerator random = new SecureRandom();
  private @Nullable CompletableFuture<Engine> engine;

  /**
   * Make one; nothing is opened or connected yet.
   *
   * @param here the folder the user stands in
   */
  LocalAudition(Map<String, String> environment, Path here, InstantSource clock) {
    this.environment = Map.copyOf(environment);
    this.here = here;
    this.clock = clock;
    this.store = new FileRunStore(FileRunStore.stateFolder(environment));
    this.files = new DiskSourceFiles(here);
  }

  /** Return Audition as this process finds it. */
  public static LocalAudition ofProcess() {
    return of(System.getenv());
  }

  /**
   * Return Audition in the folder of this process, with an environment that says where the engine
   * is ({@code DOCKER_HOST} and the like) and where state goes ({@code XDG_STATE_HOME}).
   */
  public static LocalAudition of(Map<String, String> environment) {
    return of(environment, Path.of("").toAbsolutePath());
  }

  /**
   * Return Audition with an environment, as {@link #of(Map)} does.
   *
   * @param here absolute path of the folder that paths are shown relative to
   */
  public static LocalAudition of(Map<String, String> environment, Path here) {
    return new LocalAudition(environment, here, InstantSource.system());
  }

  /**
   * Begin to connect to the engine beside other work; what comes of it is said where the engine is
   * first needed.
   *
   * @return this
   */
  public LocalAudition connectAhead() {
    CompletableFuture<Engine> _ = connecting();
    return this;
  }

  @Override
  public SourceFiles files() {
    return files;
  }

  @Override
  public RunId newRunId(String name) {
    return RunIds.of(name, clock.instant().atZone(ZoneId.systemDefault()), random);
  }

  @Override
  public WorkTree workTree(Path file, RunId runId) {
    return WorkTrees.find(here.resolve(file), runId.value(), clock.instant());
  }

  @Override
  public ImageConfigs imageConfigs() {
    try {
      return new KnownImages(engine().images());
    } catch (EngineUnavailableException e) {
      return ImageConfigs.NONE; // the plan names what it does not know
    }
  }

  @Override
  public PlannedProject plan(ProjectRequest request) {
    Project project = ProjectReader.read(request, files);
    Pipeline pipeline = project.pipeline();
    List<Plan> plans = pipeline == null ? List.of() : Planner.plan(pipeline, imageConfigs(), files);
    return new PlannedProject(request, project, plans);
  }

  @Override
  public RunReport run(RunId runId, PlannedProject planned, RunOptions options) {
    Pipeline pipeline = planned.project().pipeline();
    if (pipeline == null || planned.refused()) {
      return refuse(runId, planned, options);
    }
    return new LocalRuns(environment, files, store, clock, reachableEngine())
        .run(runId, pipeline, planned.plans(), options);
  }

  private RunReport refuse(RunId runId, PlannedProject planned, RunOptions options) {
    Run refused =
        Run.refused(
            runId,
            files.display(planned.request().files().getFirst()),
            planned.refusalParagraph(),
            clock.instant());
    Pipeline pipeline = planned.project().pipeline();
    HookSender sender = options.hooks().sender();
    if (pipeline != null && sender != null) {
      refused = refused.withHooks(pipeline.hooks());
    }
    store.create(refused);
    if (sender != null && !refused.hooks().deliveries().isEmpty()) {
      options
          .hooks()
          .atVerdict()
          .accept(RunReports.report(refused, planned.plans(), clock.instant()));
      HookService service = new HookService(store, sender, clock, options.listener());
      LocalHooks sending = new LocalHooks(runId, store, service, clock);
      refused.hooks().deliveries().forEach(delivery -> sending.enqueue(delivery.key(runId)));
      sending.finish(options.hooks().patience());
    }
    return RunReports.report(store.load(runId).orElse(refused), planned.plans(), clock.instant());
  }

  @Override
  public CancelAnswer cancel(RunId runId, String by) {
    Optional<Run> run = store.load(runId);
    if (run.isEmpty()) {
      return CancelAnswer.UNKNOWN;
    }
    if (run.get().verdict() != null) {
      return CancelAnswer.ENDED;
    }
    try (RunLease lease = store.tryLease(runId).orElse(null)) {
      if (lease != null) {
        // Nobody drives it any more: there is nobody to ask.
        new TaskRemoval(reachableEngine().engine()).removeRun(runId.value());
        boolean _ = AbandonedRuns.end(store, runId, clock.instant());
        return CancelAnswer.ENDED;
      }
    }
    store.requestCancel(runId, new CancelRequest(by, ""));
    return CancelAnswer.ASKED;
  }

  @Override
  public List<RunSummary> runs() {
    return store.newest(MOST_RUNS).stream()
        .map(store::load)
        .flatMap(Optional::stream)
        .map(this::summary)
        .toList();
  }

  private RunSummary summary(Run run) {
    String reason =
        run.verdict() == null ? "" : RunReports.report(run, List.of(), clock.instant()).reason();
    return new RunSummary(
        run.id(),
        run.file(),
        run.verdict(),
        reason.lines().findFirst().orElse(""),
        store.kept(run.id()),
        run.times().createdAt(),
        run.times().endedAt());
  }

  @Override
  public Optional<RunReport> report(RunId runId) {
    return store
        .load(runId)
        .map(run -> RunReports.report(run, List.of(), clock.instant()))
        .map(report -> store.kept(runId) ? withKept(report) : report);
  }

  private RunReport withKept(RunReport report) {
    try {
      return KeptContainers.seen(report, engine().engine());
    } catch (EngineUnavailableException e) {
      return report; // as for one that does not answer
    }
  }

  @Override
  public List<LogFile> logFiles(RunId runId) {
    return store.load(runId).map(run -> RunLogs.of(run, store)).orElse(List.of());
  }

  @Override
  public List<RunContainer> containers(RunId runId) {
    return RunContainers.of(reachableEngine().engine(), runId);
  }

  @Override
  public boolean remove(RunId runId) {
    Optional<Run> run = store.load(runId);
    if (run.isEmpty()) {
      return false;
    }
    try (RunLease lease = store.tryLease(runId).orElse(null)) {
      if (lease == null && run.get().verdict() == null) {
        throw new LocalException(
            "run " + runId + " still goes on: end it with `audition cancel " + runId + "` first");
      }
      if (launchedAnything(run.get())) {
        new TaskRemoval(reachableEngine().engine()).removeRun(runId.value());
      }
    }
    return store.remove(runId);
  }

  /** A run that was refused, or ended before a step was prepared, has nothing on the engine. */
  private static boolean launchedAnything(Run run) {
    return run.steps().stream().anyMatch(step -> !step.tasks().isEmpty());
  }

  @Override
  public EngineAddress engineAddress() {
    return EngineAddresses.find(environment, Engine.settings(environment));
  }

  @Override
  public EngineCheck engineCheck() {
    return EngineChecks.check(engineAddress(), ENGINE_ANSWER);
  }

  private Engine reachableEngine() {
    try {
      return engine();
    } catch (EngineUnavailableException e) {
      throw new LocalException(
          e.getMessage()
              + ". `audition doctor` looks at the engine; infra/setup/setup engine"
              + " starts or installs one",
          e);
    }
  }

  private CompletableFuture<Engine> connecting() {
    if (engine == null) {
      engine = new CompletableFuture<>();
      CompletableFuture<Engine> opened = engine;
      Thread _ = Thread.ofVirtual().name("engine").start(() -> open(opened));
    }
    return engine;
  }

  private void open(CompletableFuture<Engine> opened) {
    try {
      Engine found = Engine.open(environment, ENGINE_ANSWER);
      opened.complete(found);
      // Reading the first answer takes long, which need not be while somebody waits for it.
      boolean _ = found.images().has(DockerTaskRuntime.PAUSE_IMAGE);
    } catch (Throwable e) { // whoever asks for the engine gets it
      opened.completeExceptionally(e);
    }
  }

  private Engine engine() {
    try {
      return connecting().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EngineUnavailableException unavailable
          ? new EngineUnavailableException(unavailable)
          : e;
    }
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.handle((opened, _) -> Optional.ofNullable(opened)).join().ifPresent(Engine::close);
    }
  }
}
