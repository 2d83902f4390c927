package dev.audition.core.verdict;

/** Whose trouble it is that something could not be. */
public enum Blame {
  /** The user's composition: its images, commands, memory, readiness. Never tried again by us. */
  COMPOSITION(Verdict.FAILED, false),
  /** Something outside of the composition that another try would not mend. */
  OUTSIDE(Verdict.ERRORED, false),
  /** Something outside of the composition that may pass: a busy registry, capacity, a lost host. */
  PASSING(Verdict.ERRORED, true);

  private final Verdict verdict;
  private final boolean retryable;

  Blame(Verdict verdict, boolean retryable) {
    this.verdict = verdict;
    this.retryable = retryable;
  }

  /** Return the verdict of what it kept from running. */
  public Verdict verdict() {
    return verdict;
  }

  /** Return whether another try may go well. */
  public boolean retryable() {
    return retryable;
  }
}
