package dev.audition.handlers;

import dev.audition.aws.CloudException;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.request.RunRequest;
import dev.audition.core.request.RunRequestReader;
import dev.audition.core.request.RunRequestReader.Outcome;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.task.FargateTask;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.StoredDefinitions;
import dev.audition.core.task.TaskDefinition;
import dev.audition.handlers.FargatePlans.Planned;
import dev.audition.handlers.RequestedProjects.RequestedProject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Prepares the steps of a run for Fargate from its stored request and source. What a step came to
 * is kept before it is told, and what is kept is what every launch of it uses, whatever images or
 * releases have become since.
 */
final class CloudPreparation implements StepPreparation {
  /** The name of the text that holds a run's request. */
  static final String REQUEST = "request";

  private final RunStore store;
  private final RequestedProjects projects;
  private final FargatePlans plans;
  private final StepValues values;

  CloudPreparation(
      RunStore store, RequestedProjects projects, FargatePlans plans, StepValues values) {
    this.store = store;
    this.projects = projects;
    this.plans = plans;
    this.values = values;
  }

  @Override
  public Prepared prepare(RunId run, int stepNumber) {
    try {
      Optional<List<TaskDefinition>> kept = kept(run, stepNumber);
      return kept.isPresent()
          ? new Prepared.Ready(kept.get(), warnings(run, stepNumber))
          : prepareNow(run, stepNumber);
    } catch (CloudException e) {
      if (e.retryable()) {
        return new Prepared.Unavailable(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Prepared prepareNow(RunId run, int stepNumber) {
    RequestedProject project = projects.read(request(run));
    Pipeline pipeline = project.project().pipeline();
    if (pipeline == null || project.project().refused()) {
      return new Prepared.Refused(project.project().diagnostics());
    }
    Planned planned = plans.plan(project, pipeline, stepNumber);
    if (planned.refusedForNow()) {
      return new Prepared.Unavailable(
          "Could not look up " + String.join(", ", planned.unknownForNow()));
    }
    if (planned.refused()) {
      return new Prepared.Refused(planned.diagnostics());
    }
    List<FargateTask> tasks = planned.lowered().tasks();
    List<TaskDefinition> definitions = tasks.stream().map(FargateTask::definition).toList();
    List<String> warnings =
        Stream.concat(project.project().diagnostics().stream(), planned.diagnostics().stream())
            .filter(diagnostic -> diagnostic.severity() == Severity.WARNING)
            .map(Diagnostic::render)
            .distinct()
            .toList();
    values.keep(run, stepNumber, tasks.stream().map(FargateTask::values).toList());
    if (!warnings.isEmpty()) {
      store.putText(run, warningsName(stepNumber), String.join("\n", warnings));
    }
    if (store.addText(run, definitionsName(stepNumber), StoredDefinitions.write(definitions))) {
      return new Prepared.Ready(definitions, warnings);
    }
    // Another function was at it, too, and may have met other images: its answer is the one.
    return new Prepared.Ready(kept(run, stepNumber).orElseThrow(), warnings(run, stepNumber));
  }

  @Override
  public List<TaskDefinition> definitions(RunId run, int stepNumber) {
    return reachable(() -> kept(run, stepNumber))
        .orElseThrow(() -> new IllegalStateException(unprepared(run, stepNumber)));
  }

  @Override
  public LaunchValues values(RunId run, int stepNumber, int taskNumber) {
    List<LaunchValues> all =
        reachable(() -> values.kept(run, stepNumber))
            .orElseThrow(() -> new IllegalStateException(unprepared(run, stepNumber)));
    return all.get(taskNumber - 1);
  }

  private static String unprepared(RunId run, int stepNumber) {
    return "step: %d of %s (expected: one that was prepared)".formatted(stepNumber, run);
  }

  /** What could not be read is nobody's fault, and the launch was not even tried. */
  private static <T> T reachable(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (CloudException e) {
      if (e.retryable()) {
        throw new RuntimeUnavailableException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private Optional<List<TaskDefinition>> kept(RunId run, int stepNumber) {
    String name = definitionsName(stepNumber);
    return store.text(run, name).map(text -> StoredDefinitions.read(text, run + "/" + name));
  }

  private List<String> warnings(RunId run, int stepNumber) {
    return store.text(run, warningsName(stepNumber)).stream()
        .flatMap(String::lines)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private RunRequest request(RunId run) {
    String text =
        store
            .text(run, REQUEST)
            .orElseThrow(() -> new IllegalStateException("run: %s has no request".formatted(run)));
    return switch (RunRequestReader.read(text)) {
      case Outcome.Accepted(RunRequest request) -> request;
      case Outcome.Rejected rejected ->
          throw new IllegalStateException(
              "run: %s has a request that is none: %s".formatted(run, rejected.reasons()));
    };
  }

  private static String definitionsName(int stepNumber) {
    return "definitions-" + stepNumber;
  }

  private static String warningsName(int stepNumber) {
    return "warnings-" + stepNumber;
  }
}
