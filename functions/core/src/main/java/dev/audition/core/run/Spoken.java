package dev.audition.core.run;

import dev.audition.core.task.ContainerCondition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Words for people. */
final class Spoken {
  private static final long MINUTE = 60;
  private static final long HOUR = 3600;
  private static final int TENTHS_BELOW = 10;
  private static final double MILLIS = 1000.0;

  private Spoken() {}

  /** Say how long something took: {@code 0.4 s}, {@code 12 s}, {@code 2 min 3 s}. */
  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (duration.isNegative()) {
      return "0 s";
    }
    if (seconds < TENTHS_BELOW) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS)
          .replace(".0 s", " s");
    }
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return withRest(seconds / MINUTE, "min", seconds % MINUTE, "s");
    }
    return withRest(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
  }

  private static String withRest(long whole, String unit, long rest, String smaller) {
    String text = whole + " " + unit;
    return rest == 0 ? text : text + " " + rest + " " + smaller;
  }

  /** Say what a gate waits for. */
  static String of(ContainerCondition condition) {
    return switch (condition) {
      case START -> "to start";
      case COMPLETE -> "to end";
      case SUCCESS -> "to exit 0";
      case HEALTHY -> "to be HEALTHY";
      case LISTENING -> "to listen";
    };
  }

  /** Join names: {@code a}, {@code a and b}, {@code a, b and c}. */
  static String list(List<String> names) {
    if (names.size() < 2) {
      return String.join("", names);
    }
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /** Strip what ends a sentence, so that the words fit into another one; on one line. */
  static String clause(String words) {
    String line = words.strip().replaceAll("\\s*\\R\\s*", " / ");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /** Make a sentence: a capital letter only where it is a word of ours, a full stop always. */
  static String sentence(String words) {
    String clause = clause(words);
    return clause.isEmpty() ? "" : clause + ".";
  }
}
