package dev.audition.core.run.stored;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moments as their distance from the run's beginning. */
final class ShortInstants {
  /** Before a distance in milliseconds. */
  static final char MILLIS = '~';

  /** Before a distance in nanoseconds, where milliseconds do not hold it. */
  static final char NANOS = '^';

  private static final int RADIX = 36;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final Duration FARTHEST = Duration.ofDays(36_500);

  private final Instant origin;

  ShortInstants(Instant origin) {
    this.origin = origin;
  }

  /** Return the short form of a text that is a moment just as we write moments. */
  Optional<String> shorten(String text) {
    if (text.length() < 20 || text.charAt(10) != 'T' || !text.endsWith("Z")) {
      return Optional.empty();
    }
    Instant instant;
    try {
      instant = Instant.parse(text);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
    Duration distance = Duration.between(origin, instant);
    if (!instant.toString().equals(text) || distance.abs().compareTo(FARTHEST) > 0) {
      return Optional.empty();
    }
    long nanos = distance.toNanos();
    return Optional.of(
        nanos % NANOS_PER_MILLI == 0
            ? MILLIS + Long.toString(nanos / NANOS_PER_MILLI, RADIX)
            : NANOS + Long.toString(nanos, RADIX));
  }

  String lengthen(String text) {
    long distance = Long.parseLong(text.substring(1), RADIX);
    return (text.charAt(0) == MILLIS ? origin.plusMillis(distance) : origin.plusNanos(distance))
        .toString();
  }
}
