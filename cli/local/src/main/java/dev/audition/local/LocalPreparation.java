package dev.audition.local;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.ImageBuild;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.Planner;
import dev.audition.core.plan.TaskPlan;
import dev.audition.core.run.Progress;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.task.LaptopLowering;
import dev.audition.core.task.TaskDefinition;
import dev.audition.local.docker.DockerBuilds;
import dev.audition.local.docker.EngineUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Prepares the steps of one run on this machine: builds, pulls, plans with the configurations of
 * the images, lowers. Definitions stay in memory: values of variables never go to disk.
 */
final class LocalPreparation implements StepPreparation {
  private final Pipeline pipeline;
  private final SourceFiles files;
  private final DockerBuilds builds;
  private final RuntimeImages images;
  private final Progress.Listener listener;
  private final Executor executor;
  private final List<Plan> plans;
  private final Map<Integer, List<TaskDefinition>> definitions = new ConcurrentHashMap<>();

  /**
   * Make one for a run.
   *
   * @param plans the plans made before anything started
   */
  LocalPreparation(
      Pipeline pipeline,
      List<Plan> plans,
      SourceFiles files,
      DockerBuilds builds,
      RuntimeImages images,
      Progress.Listener listener,
      Executor executor) {
    this.pipeline = pipeline;
    this.plans = new ArrayList<>(plans);
    this.files = files;
    this.builds = builds;
    this.images = images;
    this.listener = listener;
    this.executor = executor;
  }

  @Override
  public Prepared prepare(RunId run, int stepNumber) {
    try {
      return prepareNow(run, stepNumber);
    } catch (EngineUnavailableException e) {
      return new Prepared.Unavailable(e.reason());
    }
  }

  private Prepared prepareNow(RunId run, int stepNumber) {
    Plan before = plan(stepNumber);
    for (ImageBuild build : before.builds()) {
      switch (builds.build(build, listener)) {
        case DockerBuilds.BuildOutcome.Built _ -> images.built(build.image());
        case DockerBuilds.BuildOutcome.Failed failed -> {
          return new Prepared.BuildFailed(build.name(), failed.reason());
        }
        case DockerBuilds.BuildOutcome.Unavailable unavailable -> {
          return new Prepared.Unavailable(unavailable.reason());
        }
      }
    }
    if (before.tasks().isEmpty()) {
      definitions.put(stepNumber, List.of());
      return new Prepared.Ready(List.of(), List.of());
    }
    obtainImages(before);
    // Planned again: only now the images say what they expose, check and run as.
    Plan after = Planner.plan(pipeline, stepNumber, images::config, files);
    if (after.refused()) {
      return new Prepared.Refused(after.diagnostics());
    }
    replace(after);
    List<TaskDefinition> lowered = LaptopLowering.lower(after, run.value());
    definitions.put(stepNumber, lowered);
    return new Prepared.Ready(lowered, newWarnings(before, after));
  }

  /** All at once; what cannot be had is said by the container that needs it. */
  private void obtainImages(Plan plan) {
    CompletableFuture<?>[] pulls =
        plan.tasks().stream()
            .flatMap(LocalPreparation::containers)
            .map(container -> Map.entry(container.image(), container.platform()))
            .distinct()
            .map(
                image ->
                    CompletableFuture.runAsync(
                        () -> images.ensure(image.getKey(), image.getValue()), executor))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(pulls).join();
  }

  private static Stream<PlannedContainer> containers(TaskPlan task) {
    return task.containers().stream();
  }

  private static List<String> newWarnings(Plan before, Plan after) {
    List<Diagnostic> known = before.diagnostics();
    return after.diagnostics().stream()
        .filter(diagnostic -> diagnostic.severity() == Severity.WARNING)
        .filter(diagnostic -> !known.contains(diagnostic))
        .map(Diagnostic::render)
        .toList();
  }

  @Override
  public List<TaskDefinition> definitions(RunId run, int stepNumber) {
    List<TaskDefinition> prepared = definitions.get(stepNumber);
    if (prepared == null) {
      throw new IllegalStateException("step: %d (expected: one prepared)".formatted(stepNumber));
    }
    return prepared;
  }

  /** Return the newest plans of all steps. */
  synchronized List<Plan> plans() {
    return List.copyOf(plans);
  }

  private synchronized Plan plan(int stepNumber) {
    return plans.get(stepNumber - 1);
  }

  private synchronized void replace(Plan plan) {
    plans.set(plan.stepNumber() - 1, plan);
  }
}
