package dev.audition.core.run.admission;

import dev.audition.core.run.RunId;
import java.time.Instant;

/**
 * A run that may begin, or has begun and still holds what it claimed.
 *
 * @param at when it was admitted
 */
public record AdmittedRun(Claim claim, Instant at) {
  /** Return its run. */
  public RunId run() {
    return claim.run();
  }
}
