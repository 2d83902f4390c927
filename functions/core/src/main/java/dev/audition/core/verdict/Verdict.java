package dev.audition.core.verdict;

/** The outcome of a step or of a run. */
public enum Verdict {
  /** Every candidate ran and exited 0. */
  PASSED(0, true),
  /** A candidate exited non-zero, or the composition kept one from running. */
  FAILED(1, false),
  /** A cause outside of the composition. */
  ERRORED(2, false),
  /** A deadline passed. */
  TIMED_OUT(4, false),
  /** Somebody said so. */
  CANCELLED(130, false),
  /** {@code when} is false. */
  SKIPPED(0, true),
  /** The input is invalid or asks for what cannot be; nothing was started. */
  REFUSED(3, false);

  private final int exitCode;
  private final boolean success;

  Verdict(int exitCode, boolean success) {
    this.exitCode = exitCode;
    this.success = success;
  }

  /** Return the exit code of {@code audition run}. */
  public int exitCode() {
    return exitCode;
  }

  /** Return whether a run goes on after it. */
  public boolean success() {
    return success;
  }
}
