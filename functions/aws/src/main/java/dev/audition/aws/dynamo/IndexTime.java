package dev.audition.aws.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as sort keys: ISO-8601 to the millisecond, all of one width, so that they sort as text. */
final class IndexTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Duration FAR = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofSeconds(20);

  private IndexTime() {}

  /** Write a time, what is below a millisecond left out. */
  static String of(Instant time) {
    return FORMAT.format(time);
  }

  /**
   * Write when a run is to be looked after: no earlier than it asks for, and at most {@link #STEP}
   * later, if that is still far away. Each new value is two more writes, in the index; so that what
   * runs ask for after every event, a check if nothing is heard for a minute, rarely is one.
   */
  static String due(Instant time, Instant now) {
    Duration step = Duration.between(now, time).compareTo(FAR) < 0 ? Duration.ofMillis(1) : STEP;
    long millis = time.toEpochMilli();
    boolean whole = time.equals(Instant.ofEpochMilli(millis));
    long steps = Math.ceilDiv(whole ? millis : millis + 1, step.toMillis());
    return of(Instant.ofEpochMilli(steps * step.toMillis()));
  }
}
