package dev.audition.core.task;

import java.time.Duration;
import java.util.List;

/**
 * A container definition's health check.
 *
 * @param command starts with {@code CMD} or {@code CMD-SHELL}
 * @param ours whether it is a check of our catalogue: those probe 127.0.0.1 over TCP and need no
 *     further proof
 */
public record HealthCheck(
    List<String> command,
    Duration interval,
    Duration timeout,
    int retries,
    Duration startPeriod,
    boolean ours) {
  public HealthCheck {
    command = List.copyOf(command);
  }
}
