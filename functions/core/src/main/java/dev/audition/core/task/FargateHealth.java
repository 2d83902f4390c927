package dev.audition.core.task;

import dev.audition.core.plan.HealthProbe;
import java.time.Duration;

/**
 * Brings a health check into Fargate's ranges: interval 5 to 300 s, time-out 2 to 60 s, 1 to 10
 * retries, start period 0 to 300 s, all in whole seconds (API reference, HealthCheck).
 *
 * <p>The budget, start period + interval x retries, is what decides whether a slow service still
 * becomes healthy: it is never shortened. What retries cannot hold goes into the start period,
 * where a success still counts at once, and only then into a longer interval.
 */
final class FargateHealth {
  private static final long MAXIMUM_RETRIES = 10;
  private static final long MAXIMUM_SECONDS = 300;

  /** The longest budget Fargate can hold: 300 s + 10 x 300 s. */
  static final Duration MAXIMUM_BUDGET =
      Duration.ofSeconds(MAXIMUM_SECONDS + MAXIMUM_RETRIES * MAXIMUM_SECONDS);

  /** The longest time-out of one probe. */
  static final Duration MAXIMUM_TIMEOUT = Duration.ofMinutes(1);

  /** Fewer failures than these, or than the user's own number if less, never condemn. */
  private static final long TOLERATED = 3;

  private FargateHealth() {}

  /** Lower a check; budgets beyond {@link #MAXIMUM_BUDGET} become that. */
  static HealthCheck lower(HealthProbe probe) {
    long budget = seconds(probe.budget());
    long interval = Math.clamp(seconds(probe.interval()), 5, MAXIMUM_SECONDS);
    long startPeriod = Math.clamp(seconds(probe.startPeriod()), 0, MAXIMUM_SECONDS);
    long needed = Math.ceilDiv(Math.max(0, budget - startPeriod), interval);
    long fewest = Math.clamp(probe.retries(), 1, TOLERATED);
    long retries = Math.clamp(needed, fewest, MAXIMUM_RETRIES);
    if (needed > MAXIMUM_RETRIES) {
      long missing = budget - interval * MAXIMUM_RETRIES;
      startPeriod = Math.clamp(missing, startPeriod, MAXIMUM_SECONDS);
      interval =
          Math.clamp(
              Math.ceilDiv(budget - startPeriod, MAXIMUM_RETRIES), interval, MAXIMUM_SECONDS);
    }
    return new HealthCheck(
        probe.command(),
        Duration.ofSeconds(interval),
        Duration.ofSeconds(Math.clamp(seconds(probe.timeout()), 2, MAXIMUM_TIMEOUT.toSeconds())),
        (int) retries,
        Duration.ofSeconds(startPeriod),
        probe.origin() == HealthProbe.Origin.CATALOGUE);
  }

  /** Round up to whole seconds. */
  static long seconds(Duration duration) {
    return duration.getNano() == 0 ? duration.getSeconds() : duration.getSeconds() + 1;
  }
}
