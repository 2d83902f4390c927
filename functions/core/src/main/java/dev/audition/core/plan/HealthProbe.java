package dev.audition.core.plan;

import java.time.Duration;
import java.util.List;

/**
 * A health check with all its numbers settled.
 *
 * @param command starts with {@code CMD} or {@code CMD-SHELL}
 * @param origin whose check it is
 */
public record HealthProbe(
    List<String> command,
    Duration interval,
    Duration timeout,
    int retries,
    Duration startPeriod,
    Origin origin) {
  /** Where a check comes from. */
  public enum Origin {
    /** The composition. */
    COMPOSITION,
    /** The image's HEALTHCHECK. */
    IMAGE,
    /** Ours, for a well-known image. */
    CATALOGUE
  }

  public HealthProbe {
    command = List.copyOf(command);
  }

  /** Return how long a container may take to become healthy: start period + interval x retries. */
  public Duration budget() {
    return startPeriod.plus(interval.multipliedBy(retries));
  }
}
