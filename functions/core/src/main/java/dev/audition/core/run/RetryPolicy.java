package dev.audition.core.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How often, and after how long, something that failed for a cause outside of the composition is
 * asked for again.
 *
 * @param delays before the second, third, ... time
 */
record RetryPolicy(List<Duration> delays) {
  /** For a task that ran no candidate, and for a preparation: three times in all. */
  static final RetryPolicy ATTEMPTS =
      new RetryPolicy(List.of(Duration.ofSeconds(3), Duration.ofSeconds(15)));

  /** For a launch that capacity refused: about five minutes in all. */
  static final RetryPolicy TRIES =
      new RetryPolicy(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofSeconds(15),
              Duration.ofSeconds(30),
              Duration.ofSeconds(60),
              Duration.ofSeconds(60),
              Duration.ofSeconds(120)));

  /** For a notification that its receiver did not take: about 14 minutes in all. */
  static final RetryPolicy HOOKS =
      new RetryPolicy(
          List.of(
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              Duration.ofMinutes(3),
              Duration.ofMinutes(10)));

  RetryPolicy {
    delays = List.copyOf(delays);
  }

  /**
   * Return how long to wait before the next time; empty if there is none.
   *
   * @param done how often it was done, at least 1
   */
  Optional<Duration> after(int done) {
    return done <= delays.size() ? Optional.of(delays.get(done - 1)) : Optional.empty();
  }
}
