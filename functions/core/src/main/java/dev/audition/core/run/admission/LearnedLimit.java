package dev.audition.core.run.admission;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal taught: less than the quota is to be had. It grows back by itself, a tenth of the
 * quota a minute, so that what is over by now is forgotten within eleven minutes.
 *
 * @param cpuUnits what was to be had
 * @param since the refusal
 */
public record LearnedLimit(int cpuUnits, Instant since) {
  /** How long it stands before it grows. */
  static final Duration HOLD = Duration.ofMinutes(1);

  private static final int GROWTH_PARTS = 10;

  /** Return what may be used now: the quota where nothing was learned or it has grown back. */
  static int allowed(@Nullable LearnedLimit learned, int quota, Instant now) {
    if (learned == null) {
      return quota;
    }
    Duration growing = Duration.between(learned.since().plus(HOLD), now);
    if (growing.isNegative()) {
      return Math.min(quota, learned.cpuUnits());
    }
    long perMinute = Math.max(Quotas.VCPU, quota / GROWTH_PARTS);
    long grown = learned.cpuUnits() + perMinute * growing.toSeconds() / 60;
    return (int) Math.min(quota, grown);
  }
}
