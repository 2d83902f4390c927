package dev.audition.core.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code timeout: <number><s|m|h>}, decimals allowed, as the pipeline language has it.
 *
 * <p>Source: the language's validator, whose longest timeout is 2147483647 ms.
 */
final class Timeouts {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,12}\\.?[0-9]{0,9}|\\.[0-9]{1,9})([smh])");
  private static final BigDecimal MAXIMUM_MILLIS = BigDecimal.valueOf(Integer.MAX_VALUE);

  private Timeouts() {}

  /** Read a timeout; empty if the text is none. Zero means no timeout. */
  static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "s" -> 1_000L;
          case "m" -> 60_000L;
          default -> 3_600_000L;
        };
    BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    return millis.compareTo(MAXIMUM_MILLIS) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(millis.longValue()));
  }
}
