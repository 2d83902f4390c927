package dev.audition.local.runtime;

import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.HealthStatus;
import java.time.Duration;

/**
 * Counts what a health check says, as Docker does: failures in the start period do not count until
 * the first success; as many in a row as there are retries make it unhealthy; one success makes it
 * healthy. Times are counted from the container's start.
 */
final class HealthTally {
  private final HealthCheck check;
  private HealthStatus status = HealthStatus.UNKNOWN;
  private boolean everHealthy;
  private int failures;

  HealthTally(HealthCheck check) {
    this.check = check;
  }

  HealthStatus success() {
    everHealthy = true;
    failures = 0;
    status = HealthStatus.HEALTHY;
    return status;
  }

  /** Count a failure of a regular probe. */
  HealthStatus failure(Duration since) {
    if (everHealthy || since.compareTo(check.startPeriod()) >= 0) {
      failures++;
      if (failures >= Math.max(1, check.retries())) {
        status = HealthStatus.UNHEALTHY;
      }
    }
    return status;
  }

  boolean everHealthy() {
    return everHealthy;
  }
}
