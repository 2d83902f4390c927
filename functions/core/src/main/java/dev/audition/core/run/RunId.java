package dev.audition.core.run;

/** The name of one run: lower-case letters, digits and {@code -}, at most 40. */
public record RunId(String value) {
  public RunId {
    if (!value.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "run id: \"%s\" (expected: lower-case letters, digits and -, at most 40)"
              .formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
