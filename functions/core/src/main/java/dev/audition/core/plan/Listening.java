package dev.audition.core.plan;

import java.time.Duration;
import java.util.List;

/**
 * How a service without a health check shows that it is ready.
 *
 * @param ports TCP ports of which one must accept a connection; never empty
 * @param limit after this long without an answer the dependents start all the same, and the verdict
 *     says so
 */
public record Listening(List<Integer> ports, Duration limit) {
  /** How long a service is dialled: START is what compose promises, so it is never fatal. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  public Listening {
    ports = List.copyOf(ports);
    if (ports.isEmpty()) {
      throw new IllegalArgumentException("ports: none (expected: at least one)");
    }
  }
}
