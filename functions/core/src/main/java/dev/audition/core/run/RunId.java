package dev.audition.core.run;

/** The name of one run: lower-case letters, digits and {@code -}, at most 40. */
public record RunId(String value) {
  public RunId {
    if (!isOne(value)) {
      throw new IllegalArgumentException(
          "run id: \"%s\" (expected: lower-case letters, digits and -, at most 40)"
              .formatted(value));
    }
  }

  /** Return whether a text can be the name of a run. */
  public static boolean isOne(String text) {
    return text.matches("[a-z0-9][a-z0-9-]{0,39}");
  }

  @Override
  public String toString() {
    return value;
  }
}
