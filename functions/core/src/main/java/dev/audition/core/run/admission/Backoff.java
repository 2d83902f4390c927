package dev.audition.core.run.admission;

/** What is done between losing a race and the next try: a short wait with jitter, outside tests. */
@FunctionalInterface
public interface Backoff {
  /** Tries again at once. */
  Backoff NONE = _ -> {};

  /**
   * Wait.
   *
   * @param lost how many races were lost in a row
   */
  void pause(int lost);
}
