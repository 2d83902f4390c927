package dev.audition.core.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that other threads or processes bring about. */
public final class Eventually {
  private static final long PAUSE_NANOS = 2_000_000;

  private Eventually() {}

  /**
   * Return as soon as a condition holds.
   *
   * @param what what is waited for, for the failure's message
   * @throws AssertionError if it does not hold in time
   */
  public static void within(Duration limit, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within %s: %s".formatted(limit, what));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
