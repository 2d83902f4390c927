package dev.audition.cli.render;

import dev.audition.core.verdict.Verdict;

/**
 * Colours, or none.
 *
 * @param color whether escape sequences may be written
 */
public record Style(boolean color) {
  /** No colours. */
  public static final Style PLAIN = new Style(false);

  /** Make text stand out. */
  public String bold(String text) {
    return wrap("1", text);
  }

  /** Make text step back. */
  public String dim(String text) {
    return wrap("2", text);
  }

  /** Mark what is wrong. */
  public String red(String text) {
    return wrap("31", text);
  }

  /** Mark what is right. */
  public String green(String text) {
    return wrap("32", text);
  }

  /** Mark what wants a look. */
  public String yellow(String text) {
    return wrap("33", text);
  }

  /** Mark what is under way. */
  public String cyan(String text) {
    return wrap("36", text);
  }

  /** Colour a verdict's name by what it means. */
  public String verdict(Verdict verdict) {
    String name = bold(verdict.name());
    return switch (verdict) {
      case PASSED -> green(name);
      case FAILED, ERRORED, TIMED_OUT, REFUSED -> red(name);
      case CANCELLED, SKIPPED -> yellow(name);
    };
  }

  private String wrap(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
