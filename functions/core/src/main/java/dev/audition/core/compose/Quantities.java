package dev.audition.core.compose;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations, bytes and numbers in the forms of the compose specification. */
public final class Quantities {
  private static final Pattern BYTES =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([kmgtp]?)i?b?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|\u00b5s|ms|s|m|h|d|w)");
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(Integer.MAX_VALUE);
  private static final BigDecimal MOST_BYTES = BigDecimal.valueOf(1L << 60);

  private Quantities() {}

  /** Read bytes; units are powers of 1024; null if the text is none. */
  static @Nullable Long bytes(String text) {
    Matcher matcher = BYTES.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    int power = " kmgtp".indexOf(unit(matcher.group(2)));
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    return bytes.compareTo(MOST_BYTES) > 0 ? null : bytes.longValue();
  }

  private static char unit(String letter) {
    return letter.isEmpty() ? ' ' : letter.toLowerCase(Locale.ROOT).charAt(0);
  }

  /** Read a duration such as {@code 1h30m} or {@code 500ms}; null if the text is none. */
  public static @Nullable Duration duration(String text) {
    if (text.strip().equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = DURATION_PART.matcher(text.strip());
    BigDecimal seconds = BigDecimal.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      seconds =
          seconds.add(new BigDecimal(matcher.group(1)).multiply(unitSeconds(matcher.group(2))));
      end = matcher.end();
    }
    if (end == 0 || end != text.strip().length() || seconds.compareTo(LONGEST_SECONDS) > 0) {
      return null;
    }
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  private static BigDecimal unitSeconds(String unit) {
    return new BigDecimal(
        switch (unit) {
          case "ns" -> "0.000000001";
          case "us", "\u00b5s" -> "0.000001";
          case "ms" -> "0.001";
          case "s" -> "1";
          case "m" -> "60";
          case "h" -> "3600";
          case "d" -> "86400";
          default -> "604800";
        });
  }

  /** Read a number that is not negative and not beyond reason; null if the text is none. */
  static @Nullable Double decimal(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return value >= 0 && value < 1e9 ? value : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
