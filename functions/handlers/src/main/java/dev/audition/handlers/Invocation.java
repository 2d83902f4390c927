package dev.audition.handlers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The call of a function that is under way, and what it still has time for. A function that is
 * killed at its time-out gives back every message it had, and says nothing of why; so it begins
 * nothing that it may not be able to end.
 */
final class Invocation {
  /**
   * Of the minute that every function has. What is begun last may take 40 s: registries are waited
   * for twice 15 s, and a definition that waits for its turn takes some more.
   */
  static final Duration BEGINS_FOR = Duration.ofSeconds(20);

  private final InstantSource clock;
  private Instant until = Instant.MAX;

  Invocation(InstantSource clock) {
    this.clock = clock;
  }

  /** Note that a call begins. */
  void begins() {
    until = clock.instant().plus(BEGINS_FOR);
  }

  /** Return whether there is time to begin something. */
  boolean hasTime() {
    return clock.instant().isBefore(until);
  }
}
