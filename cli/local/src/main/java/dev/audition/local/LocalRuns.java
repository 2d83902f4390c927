package dev.audition.local;

import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.Plan;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReports;
import dev.audition.core.run.RunService;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.source.SourceFiles;
import dev.audition.local.keeper.Keeper;
import dev.audition.local.keeper.Leftovers;
import dev.audition.local.runtime.DockerTaskRuntime;
import dev.audition.local.runtime.RuntimeSettings;
import dev.audition.local.store.FileRunStore;
import dev.audition.local.store.RunLease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Runs pipelines on the engine of this machine. */
record LocalRuns(
    Map<String, String> environment,
    SourceFiles files,
    FileRunStore store,
    InstantSource clock,
    Engine engine) {
  private static final Duration LONGEST_TEARDOWN = Duration.ofMinutes(10);
  private static final Duration TEARDOWN_LOOK = Duration.ofMillis(50);

  RunReport run(RunId id, Pipeline pipeline, List<Plan> plans, RunOptions options) {
    Instant now = clock.instant();
    Run queued = Run.queued(id, pipeline.file(), options.timeout(), plans, now);
    try (RunLease _ = store.lease(id);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        LocalRun driven = new LocalRun(id, clock, () -> store.cancelRequest(id))) {
      threads.execute(() -> Leftovers.remove(engine.engine(), store));
      RuntimeImages images = new RuntimeImages(engine.images(), options.listener());
      LocalPreparation preparation =
          new LocalPreparation(
              pipeline, plans, files, engine.builds(), images, options.listener(), threads);
      DockerTaskRuntime runtime =
          new DockerTaskRuntime(
              engine.engine(),
              images,
              new RuntimeSettings(
                  id.value(), store::logFolder, options.keep(), clock, options.listener()));
      TaskRuntime used = options.keep() ? new KeptRuntime(runtime) : guarded(runtime, id, threads);
      RunService service =
          new RunService(
              new RunPorts(new WatchedRunStore(store, driven::committed), used, preparation),
              clock,
              threads,
              options.listener());
      runtime.subscribe(service::taskChanged);
      store.create(queued);
      if (options.keep()) {
        store.keep(id);
      }
      Run ended = driven.drive(service, queued);
      if (options.waitTeardown() && !options.keep()) {
        awaitTeardown(id);
      }
      RunReport report =
          RunReports.report(store.load(id).orElse(ended), preparation.plans(), clock.instant());
      threads.shutdownNow();
      return report;
    }
  }

  /** The keeper starts while the first containers do, so that nobody waits for it. */
  private TaskRuntime guarded(TaskRuntime runtime, RunId id, ExecutorService threads) {
    return new GuardedRuntime(
        runtime,
        () ->
            threads.execute(
                () ->
                    Keeper.start(
                        id, FileRunStore.stateFolder(environment), engine.engine().address())));
  }

  private void awaitTeardown(RunId id) {
    Instant limit = clock.instant().plus(LONGEST_TEARDOWN);
    while (!RunContainers.of(engine.engine(), id).isEmpty() && clock.instant().isBefore(limit)) {
      LockSupport.parkNanos(TEARDOWN_LOOK.toNanos());
    }
  }
}
