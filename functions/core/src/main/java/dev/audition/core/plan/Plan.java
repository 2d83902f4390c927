package dev.audition.core.plan;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.pipeline.StepOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a step means.
 *
 * @param tasks empty for a build step and for one that is not run
 * @param builds images to build first, in this order
 * @param timeout the step's deadline, counted from its start
 * @param notRun why the step is not run (a type that is not run here, {@code when}); empty if it is
 * @param readings one line for each thing that is brought about in its own way
 * @param unknownImages image references whose configuration was not known, each with what hangs on
 *     it
 * @param diagnostics warnings and refusals of this step
 */
public record Plan(
    int stepNumber,
    String step,
    SourceLocation location,
    StepOptions options,
    Duration timeout,
    List<TaskPlan> tasks,
    List<ImageBuild> builds,
    String notRun,
    boolean skipped,
    List<String> readings,
    SequencedMap<String, List<String>> unknownImages,
    List<Diagnostic> diagnostics) {
  /** The deadline of a composition step that sets none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(60);

  /** The longest deadline of a step. */
  public static final Duration MAXIMUM_TIMEOUT = Duration.ofHours(24);

  public Plan {
    tasks = List.copyOf(tasks);
    builds = List.copyOf(builds);
    readings = List.copyOf(readings);
    unknownImages = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(unknownImages));
    diagnostics = List.copyOf(diagnostics);
  }

  /** Return whether anything of this step refuses the run. */
  public boolean refused() {
    return diagnostics.stream().anyMatch(Diagnostic::refuses);
  }

  /** Return the candidates of all tasks. */
  public List<PlannedContainer> candidates() {
    return tasks.stream()
        .flatMap(task -> task.containers().stream())
        .filter(PlannedContainer::candidate)
        .toList();
  }
}
