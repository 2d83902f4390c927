package dev.audition.core.run;

import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import java.time.Duration;
import java.util.List;

/**
 * What a run must remember of a step's plan.
 *
 * @param number 1-based
 * @param timeout counted from the step's start, image pulls included
 * @param failFast whether the run ends with this step's failure
 * @param strictFailFast whether a failure that does not end the run still fails it
 * @param candidates the names of the services whose exit codes decide
 * @param notRun why the step is not run; empty if it is
 */
public record StepSettings(
    int number,
    String name,
    Kind kind,
    Duration timeout,
    boolean failFast,
    boolean strictFailFast,
    List<String> candidates,
    String notRun) {
  /** What a step is. */
  public enum Kind {
    /** It has candidates. */
    COMPOSITION,
    /** It only builds images. */
    BUILD,
    /** {@code when} is false. */
    SKIPPED,
    /** Its type is not run here. */
    OTHER;

    /** Return whether there is anything to do. */
    boolean runs() {
      return this == COMPOSITION || this == BUILD;
    }
  }

  public StepSettings {
    candidates = List.copyOf(candidates);
  }

  /** Return what a plan says. */
  public static StepSettings of(Plan plan) {
    return new StepSettings(
        plan.stepNumber(),
        plan.step(),
        kind(plan),
        plan.timeout(),
        plan.options().failFast(),
        plan.options().strictFailFast(),
        plan.candidates().stream().map(PlannedContainer::service).distinct().toList(),
        plan.notRun());
  }

  private static Kind kind(Plan plan) {
    if (plan.skipped()) {
      return Kind.SKIPPED;
    }
    if (!plan.notRun().isEmpty()) {
      return Kind.OTHER;
    }
    return plan.tasks().isEmpty() ? Kind.BUILD : Kind.COMPOSITION;
  }
}
