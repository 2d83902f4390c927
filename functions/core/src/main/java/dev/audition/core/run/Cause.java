package dev.audition.core.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a step has its verdict; the first one committed stands.
 *
 * @param paragraph for the user: the first cause, each candidate's end, what still waited for what
 * @param guilty the service whose last lines explain it; null if there is none
 */
public record Cause(Kind kind, String paragraph, @Nullable String guilty) {
  /** What brought the verdict about. */
  public enum Kind {
    /** The step's own tasks, builds or launches. */
    STEP,
    /** The step's deadline. */
    STEP_DEADLINE,
    /** Something said to the run as a whole: a cancel, or the run's deadline. */
    RUN
  }
}
