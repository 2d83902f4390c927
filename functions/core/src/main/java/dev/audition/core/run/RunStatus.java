package dev.audition.core.run;

/** How far a run has come; while a step is under way, how far that step has. */
public enum RunStatus {
  /** Accepted; nothing is done yet. */
  QUEUED,
  /** The current step's images are built and looked up. */
  PREPARING,
  /** The current step's tasks are launched or run. */
  RUNNING,
  /** Every candidate exited 0, and the runtime is asked once more before anybody is told. */
  CONFIRMING,
  /** The last step has its verdict, and the next one waits until its tasks have stopped. */
  CLEARING,
  /** The verdict stands; tasks may still be on their way to their end. */
  ENDED;

  /** Return whether a step is under way. */
  public boolean inStep() {
    return this == PREPARING || this == RUNNING || this == CONFIRMING;
  }

  /** Return whether the verdict stands. */
  public boolean terminal() {
    return this == ENDED;
  }
}
