package dev.audition.core.run.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast runs may begin: RunTask is a call of its own for each task, and calls that come faster
 * are throttled.
 *
 * @param perSecond in the long run
 * @param burst at once, after a while without any
 */
public record LaunchRate(int perSecond, int burst) {
  /** What Fargate allows an account: 20 RunTask calls a second, no more at once either. */
  public static final LaunchRate FARGATE = new LaunchRate(20, 20);

  private static final long NANOS = 1_000_000_000L;

  public LaunchRate {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "launch rate: %d a second, %d at once (expected: at least 1)"
              .formatted(perSecond, burst));
    }
  }

  private Duration interval() {
    return Duration.ofNanos(NANOS / perSecond);
  }

  /**
   * Return how many may begin now.
   *
   * @param spentUntil the moment up to which the rate is used up, as {@link #spend} gave it
   */
  int free(Instant spentUntil, Instant now) {
    Instant from = spentUntil.isBefore(now) ? now : spentUntil;
    Duration ahead = Duration.between(from, now.plus(interval().multipliedBy(burst)));
    return ahead.isNegative() ? 0 : (int) ahead.dividedBy(interval());
  }

  /** Return the moment up to which the rate is used up after so many more have begun. */
  Instant spend(Instant spentUntil, int launches, Instant now) {
    Instant from = spentUntil.isBefore(now) ? now : spentUntil;
    return launches == 0 ? spentUntil : from.plus(interval().multipliedBy(launches));
  }
}
