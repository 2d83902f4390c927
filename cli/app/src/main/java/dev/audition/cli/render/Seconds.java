package dev.audition.cli.render;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Seconds {
  private Seconds() {}

  /** Render as {@code 0.4 s}, {@code 12 s}, {@code 4 min 5 s}, {@code 2 h 3 min}. */
  public static String text(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = Math.round(millis / 1000.0);
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds % 60 == 0
          ? seconds / 60 + " min"
          : seconds / 60 + " min " + seconds % 60 + " s";
    }
    long minutes = seconds / 60;
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** Render seconds with fractions. */
  public static String text(double seconds) {
    return text(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
