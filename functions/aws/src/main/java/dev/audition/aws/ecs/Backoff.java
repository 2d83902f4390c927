package dev.audition.aws.ecs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before another try: doubling, with jitter, so that waiters do not meet again.
 */
final class Backoff {
  /** Passes time; a test passes none. */
  @FunctionalInterface
  interface Pause {
    void passes(Duration time) throws InterruptedException;
  }

  private static final Duration FIRST = Duration.ofSeconds(1);

  private final int tries;
  private final Pause pause;
  private final RandomGenerator random;

  /**
   * Make one.
   *
   * @param tries how often something is tried in all
   */
  Backoff(int tries, Pause pause, RandomGenerator random) {
    this.tries = tries;
    this.pause = pause;
    this.random = random;
  }

  /** Return one that waits with the clock of this machine. */
  static Backoff ofSeconds(int tries) {
    return new Backoff(tries, Thread::sleep, RandomGenerator.getDefault());
  }

  /**
   * Wait after a try.
   *
   * @param tried how often it was tried, from 1
   * @return false, at once, if that was often enough
   */
  boolean again(int tried) {
    if (tried >= tries) {
      return false;
    }
    long most = FIRST.toMillis() << Math.min(tried, 10);
    try {
      pause.passes(Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }
}
