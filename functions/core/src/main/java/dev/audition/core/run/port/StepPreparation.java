package dev.audition.core.run.port;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.run.RunId;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskDefinition;
import java.util.List;

/**
 * Makes a step ready to launch: builds its images, looks up image configurations, plans it with
 * them and lowers the plan. Doing it twice does no harm.
 */
public interface StepPreparation {
  /** What came of it. */
  sealed interface Prepared {
    /**
     * The step's task definitions, in the order of their numbers; empty for a build step.
     *
     * @param warnings that came up only now
     */
    record Ready(List<TaskDefinition> definitions, List<String> warnings) implements Prepared {
      public Ready {
        definitions = List.copyOf(definitions);
        warnings = List.copyOf(warnings);
      }
    }

    /** The user's build failed: FAILED. */
    record BuildFailed(String name, String reason) implements Prepared {}

    /** Known only now that it cannot be: REFUSED. */
    record Refused(List<Diagnostic> diagnostics) implements Prepared {
      public Refused {
        diagnostics = List.copyOf(diagnostics);
      }
    }

    /** The engine or a registry did not answer: ERRORED. */
    record Unavailable(String reason) implements Prepared {}
  }

  /** Prepare a step by its number, 1-based. */
  Prepared prepare(RunId run, int stepNumber);

  /**
   * Return the definitions of a step prepared earlier, from where they were kept.
   *
   * @throws IllegalStateException if the step was never prepared
   */
  List<TaskDefinition> definitions(RunId run, int stepNumber);

  /**
   * Return what a launch of one of those tasks adds to its definition; the same at every call.
   *
   * @param taskNumber 1-based
   * @throws IllegalStateException if the step was never prepared
   */
  default LaunchValues values(RunId run, int stepNumber, int taskNumber) {
    return LaunchValues.NONE;
  }
}
