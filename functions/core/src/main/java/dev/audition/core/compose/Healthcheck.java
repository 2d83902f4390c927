package dev.audition.core.compose;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service's own health check; null means the specification's default, or the image's value if the
 * image has a check.
 *
 * @param disabled {@code disable: true} or {@code test: [NONE]}
 * @param test starts with {@code CMD} or {@code CMD-SHELL}; empty if only the timing is given
 */
public record Healthcheck(
    boolean disabled,
    List<String> test,
    @Nullable Duration interval,
    @Nullable Duration timeout,
    @Nullable Integer retries,
    @Nullable Duration startPeriod,
    @Nullable Duration startInterval) {
  public Healthcheck {
    test = List.copyOf(test);
  }
}
