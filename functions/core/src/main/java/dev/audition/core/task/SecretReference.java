package dev.audition.core.task;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands for a secret where its value would stand: a variable that is a secret is interpolated to
 * this text, so that no plan, definition or state ever holds the value. On Fargate it becomes an
 * entry of the container's {@code secrets}.
 *
 * @param name the project's name for it
 */
public record SecretReference(String name) {
  private static final String NAME = "[A-Za-z0-9_.-]+";
  private static final Pattern TEXT = Pattern.compile("audition-secret\\((" + NAME + ")\\)");

  public SecretReference {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "secret: \"%s\" (expected: letters, digits, _, . and -)".formatted(name));
    }
  }

  /** Return whether a secret may be called that. */
  public static boolean isName(String text) {
    return text.matches(NAME);
  }

  /** Return the text that stands for it. */
  public String text() {
    return "audition-secret(" + name + ")";
  }

  /** Read a text that is nothing but a reference. */
  public static Optional<SecretReference> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(new SecretReference(matcher.group(1)))
        : Optional.empty();
  }

  /** Find the first reference inside of a text. */
  public static Optional<SecretReference> within(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.find() ? Optional.of(new SecretReference(matcher.group(1))) : Optional.empty();
  }

  @Override
  public String toString() {
    return name;
  }
}
