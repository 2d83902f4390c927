package dev.audition.core.run.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * The run that is first in order and has not begun. Others that fit go past it for a while, which
 * keeps the account busy; then what becomes free is kept for it.
 *
 * @param since when it became the first and something went past it, or it did not fit
 * @param passed CPU units that went past it since its reservation stands
 */
public record Turn(Claim claim, Instant since, int passed) {
  /** How long a larger run may go first although this one fits. */
  static final Duration FITS = Duration.ofMinutes(3);

  /** How long anything may go first while it does not fit. */
  static final Duration RESERVES = Duration.ofMinutes(5);

  Turn passedBy(int cpuUnits) {
    return new Turn(claim, since, passed + cpuUnits);
  }

  boolean fitsFirst(Instant now) {
    return !now.isBefore(since.plus(FITS));
  }

  boolean reserves(Instant now) {
    return !now.isBefore(since.plus(RESERVES));
  }
}
