package dev.audition.core.compose;

import dev.audition.core.tree.TreeNode.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that a boolean or number without quotes becomes where text is wanted.
 *
 * <p>The specification's own reader makes a value of it first and prints that: {@code True} becomes
 * {@code true}, {@code 1.10} becomes {@code 1.1}, {@code 0755} becomes {@code 493}. What a variable
 * puts in is text and stays as it is.
 */
final class PlainValue {
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<sign>[-+]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<binary>[01]+)"
              + "|0[oO]?(?<octal>[0-7]+)|(?<decimal>0|[1-9][0-9]*))");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger SMALLEST = BigInteger.ONE.shiftLeft(63).negate();

  /** Longer numbers are left alone. */
  private static final int LONGEST = 64;

  /** Fractions below ten to this power, and from the other one on, are printed with an exponent. */
  private static final int SMALL = -4;

  private static final int LARGE = 6;

  private PlainValue() {}

  /** Return the text of a scalar. */
  static String of(Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain() || scalar.tag() != null || text.length() > LONGEST) {
      return text;
    }
    return switch (text) {
      case "True", "TRUE" -> "true";
      case "False", "FALSE" -> "false";
      default -> number(text).orElse(text);
    };
  }

  private static Optional<String> number(String text) {
    if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
      return Optional.empty();
    }
    String digits = text.replace("_", "");
    return whole(digits)
        .or(
            () ->
                FRACTION.matcher(digits).matches()
                    ? Optional.of(printed(Double.parseDouble(digits)))
                    : Optional.empty());
  }

  private static Optional<String> whole(String text) {
    Matcher matcher = WHOLE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigInteger value;
    if (matcher.group("hex") != null) {
      value = new BigInteger(matcher.group("hex"), 16);
    } else if (matcher.group("binary") != null) {
      value = new BigInteger(matcher.group("binary"), 2);
    } else if (matcher.group("octal") != null) {
      value = new BigInteger(matcher.group("octal"), 8);
    } else {
      value = new BigInteger(matcher.group("decimal"));
    }
    BigInteger signed = "-".equals(matcher.group("sign")) ? value.negate() : value;
    boolean fits = signed.compareTo(SMALLEST) >= 0 && signed.compareTo(LARGEST) <= 0;
    return fits ? Optional.of(signed.toString()) : Optional.empty();
  }

  /** Print a fraction with as few digits as tell it apart, as the specification's reader does. */
  private static String printed(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= SMALL && exponent < LARGE) {
      return exact.toPlainString();
    }
    BigDecimal mantissa = exact.movePointLeft(exponent).stripTrailingZeros();
    return String.format(
        Locale.ROOT,
        "%se%s%02d",
        mantissa.toPlainString(),
        exponent < 0 ? "-" : "+",
        Math.abs(exponent));
  }
}
