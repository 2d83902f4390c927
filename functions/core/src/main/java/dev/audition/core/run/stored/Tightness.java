package dev.audition.core.run.stored;

/** How much is kept out of the state: the first that makes it small enough is taken. */
enum Tightness {
  /** As most runs are: whatever would be more than an ARN. */
  LOOSE(120, false),
  /** A run of many steps. */
  ENDED_STEPS_OUT(120, true),
  /** Many long names or reasons. */
  SHORT(40, true),
  /** Whatever is longer than the number that stands for it. */
  TIGHT(12, true);

  private final int longest;
  private final boolean endedStepsOut;

  Tightness(int longest, boolean endedStepsOut) {
    this.longest = longest;
    this.endedStepsOut = endedStepsOut;
  }

  /** Return the length, in bytes, of the longest text that stays in the state. */
  int longest() {
    return longest;
  }

  /** Return whether a step of which nothing more is expected becomes one text. */
  boolean endedStepsOut() {
    return endedStepsOut;
  }
}
