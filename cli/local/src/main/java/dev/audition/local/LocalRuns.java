package dev.audition.local;

import dev.audition.core.hook.Hooks;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.Plan;
import dev.audition.core.run.HookService;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReports;
import dev.audition.core.run.RunService;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RunStore;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs pipelines on the engine of this machine. */
record LocalRuns(
    Map<String, String> environment,
    SourceFiles files,
    FileRunStore store,
    InstantSource clock,
    Engine engine) {
  /** Runs that ended and stay known: more than anyone scrolls through. */
  private static final int FINISHED_KEPT = 50;

  private static final Duration LONGEST_TEARDOWN = Duration.ofMinutes(10);
  private static final Duration TEARDOWN_LOOK = Duration.ofMillis(50);

  RunReport run(RunId id, Pipeline pipeline, List<Plan> plans, RunOptions options) {
    Run queued =
        Run.queued(id, pipeline.file(), options.timeout(), plans, clock.instant())
            .withHooks(hooks(pipeline, options.hooks()));
    AtomicReference<@Nullable Keeper> keeper = new AtomicReference<>();
    try (RunLease _ = store.lease(id);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        LocalRun driven = new LocalRun(id, clock, () -> store.cancelRequest(id));
        LocalHooks sending = sending(id, options, driven)) {
      RuntimeImages images = new RuntimeImages(engine.images(), options.listener());
      LocalPreparation preparation =
          new LocalPreparation(
              pipeline, plans, files, engine.builds(), images, options.listener(), threads);
      DockerTaskRuntime runtime = runtime(id, images, options);
      RunService service =
          new RunService(
              new RunPorts(
                  new WatchedRunStore(store, driven::committed),
                  watched(runtime, id, options, keeper),
                  preparation,
                  sending),
              clock,
              part -> threads.execute(() -> driven.guard(part)),
              options.listener());
      runtime.subscribe(task -> driven.guard(() -> service.taskChanged(task)));
      if (options.keep()) {
        store.keep(id);
      }
      threads.execute(() -> cleanUp());
      try {
        Run ended = driven.drive(service, queued);
        if (!options.keep()) {
          runtime.createNothingMore(); // the keeper removes what is there when it looks
        }
        awaitHooks(ended, sending, options, preparation);
        if (options.waitTeardown() && !options.keep()) {
          awaitTeardown(id);
          dismiss(keeper.get());
        }
        return report(store.load(id).orElse(ended), preparation, options);
      } finally {
        threads.shutdownNow(); // a build that goes on must not be waited for
      }
    } finally {
      Keeper started = keeper.get();
      if (started != null) {
        started.close();
      }
    }
  }

  private TaskRuntime watched(
      DockerTaskRuntime runtime,
      RunId id,
      RunOptions options,
      AtomicReference<@Nullable Keeper> keeper) {
    return options.keep()
        ? new KeptRuntime(runtime, () -> hasEnded(id))
        : new GuardedRuntime(runtime, () -> keeper.set(startKeeper(id)));
  }

  private static Hooks hooks(Pipeline pipeline, HookOptions options) {
    return options.sender() == null ? pipeline.hooks().withoutSends() : pipeline.hooks();
  }

  /** What a delivery commits may be the last that the run waited for, so it is watched too. */
  private LocalHooks sending(RunId id, RunOptions options, LocalRun driven) {
    HookSender sender = options.hooks().sender();
    RunStore watched = new WatchedRunStore(store, driven::committed);
    return new LocalHooks(
        id,
        watched,
        new HookService(
            watched,
            sender == null ? _ -> new HookSender.Answer.Refused("switched off") : sender,
            clock,
            options.listener()),
        clock);
  }

  /** The verdict is told first: nobody waits for it because of a receiver. */
  private void awaitHooks(
      Run ended, LocalHooks sending, RunOptions options, LocalPreparation preparation) {
    if (!ended.hooks().deliveries().isEmpty()) {
      options.hooks().atVerdict().accept(report(ended, preparation, options));
      sending.finish(options.hooks().patience());
    }
  }

  private RunReport report(Run run, LocalPreparation preparation, RunOptions options) {
    RunReport report = RunReports.report(run, preparation.plans(), clock.instant());
    return options.keep() ? KeptContainers.seen(report, engine.engine()) : report;
  }

  private boolean hasEnded(RunId id) {
    return store.load(id).map(Run::verdict).isPresent();
  }

  private static void dismiss(@Nullable Keeper keeper) {
    if (keeper != null) {
      keeper.dismiss();
    }
  }

  private DockerTaskRuntime runtime(RunId id, RuntimeImages images, RunOptions options) {
    return new DockerTaskRuntime(
        engine.engine(),
        images,
        new RuntimeSettings(
            id.value(), store::logFolder, options.keep(), clock, options.listener()));
  }

  private Keeper startKeeper(RunId id) {
    return Keeper.start(id, FileRunStore.stateFolder(environment), engine.engine().address());
  }

  /**
   * What earlier runs left; it must not cost this one anything, so it is nobody's business here.
   */
  private void cleanUp() {
    var _ = Leftovers.remove(engine.engine(), store);
    store.prune(FINISHED_KEPT);
  }

  private void awaitTeardown(RunId id) {
    Instant limit = clock.instant().plus(LONGEST_TEARDOWN);
    while (!RunContainers.of(engine.engine(), id).isEmpty() && clock.instant().isBefore(limit)) {
      LockSupport.parkNanos(TEARDOWN_LOOK.toNanos());
    }
  }
}
