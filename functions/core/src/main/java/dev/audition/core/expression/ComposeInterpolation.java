package dev.audition.core.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces variables as the compose specification says: {@code $VAR}, {@code ${VAR}}, {@code
 * ${VAR:-default}}, {@code ${VAR-default}}, {@code ${VAR:?message}}, {@code ${VAR?message}}, {@code
 * ${VAR:+replacement}}, {@code ${VAR+replacement}}; {@code $$} stands for {@code $}.
 *
 * <p>With the colon an empty value counts as none. Defaults, messages and replacements may hold
 * variables themselves, which are looked up only when they are needed; they end at the brace that
 * closes the one the variable opened. A {@code $} before anything else stands for itself. Values
 * are put in as they are, never read again.
 */
public final class ComposeInterpolation {
  /** How deep defaults may stand in one another. */
  static final int MAXIMUM_DEPTH = 64;

  /** The most characters of a result. */
  static final int MAXIMUM_LENGTH = 1 << 20;

  static final String TOO_LONG =
      "with its variables replaced the text has more than a million characters";

  private static final String FORMS =
      "expected ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+replacement};"
          + " write $$ where a dollar sign is meant";

  private final VariableLookup lookup;
  private final List<Mention> mentions = new ArrayList<>();
  private @Nullable String error;
  private @Nullable String required;
  private int length;

  private ComposeInterpolation(VariableLookup lookup) {
    this.lookup = lookup;
  }

  /** Replace the variables of a text. */
  public static Interpolated interpolate(String text, VariableLookup lookup) {
    if (text.indexOf('$') < 0) {
      return new Interpolated(text, List.of(), null, null);
    }
    ComposeInterpolation interpolation = new ComposeInterpolation(lookup);
    String result = interpolation.expand(text, 0);
    return new Interpolated(
        interpolation.error == null ? result : text,
        interpolation.mentions,
        interpolation.error,
        interpolation.required);
  }

  /** Expand a text; what is returned after an error does not matter. */
  private String expand(String text, int depth) {
    if (depth > MAXIMUM_DEPTH) {
      fail("defaults of variables stand more than %d deep in one another".formatted(MAXIMUM_DEPTH));
      return "";
    }
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < text.length() && error == null) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        append(result, text.substring(at));
        break;
      }
      append(result, text.substring(at, dollar));
      at = variable(text, dollar, depth, result);
    }
    return result.toString();
  }

  /** Handle what begins with a dollar sign; return where it ends. */
  private int variable(String text, int dollar, int depth, StringBuilder result) {
    int next = dollar + 1;
    if (text.startsWith("$", next)) {
      append(result, "$");
      return next + 1;
    }
    if (text.startsWith("{", next)) {
      int nameEnd = nameEnd(text, next + 1);
      int close = closingBrace(text, next);
      if (nameEnd == next + 1 || close < nameEnd) {
        fail(invalid(text, dollar, close));
        return text.length();
      }
      append(result, braced(text, new Span(dollar, nameEnd, close), depth));
      return close + 1;
    }
    int nameEnd = nameEnd(text, next);
    if (nameEnd == next) {
      append(result, "$");
      return next;
    }
    append(result, plain(text.substring(next, nameEnd)));
    return nameEnd;
  }

  /** Where a braced variable begins, its name ends, and its closing brace stands. */
  private record Span(int dollar, int nameEnd, int close) {}

  private String braced(String text, Span span, int depth) {
    String name = text.substring(span.dollar() + 2, span.nameEnd());
    int at = span.nameEnd();
    if (at == span.close()) {
      return plain(name);
    }
    boolean emptyCounts = text.charAt(at) != ':';
    int operator = emptyCounts ? at : at + 1;
    if (operator >= span.close() || "-?+".indexOf(text.charAt(operator)) < 0) {
      fail(invalid(text, span.dollar(), span.close()));
      return "";
    }
    Optional<String> found = lookup.find(name);
    boolean present = found.isPresent() && (emptyCounts || !found.orElseThrow().isEmpty());
    String word = text.substring(operator + 1, span.close());
    return switch (text.charAt(operator)) {
      case '-' -> defaulted(name, found, present, word, depth);
      case '?' -> demanded(name, found, present, word, depth);
      default -> replaced(name, found, present, word, depth);
    };
  }

  private String plain(String name) {
    Optional<String> found = lookup.find(name);
    return mention(name, found.orElse(""), found.isPresent(), false);
  }

  private String defaulted(
      String name, Optional<String> found, boolean present, String word, int depth) {
    return present
        ? mention(name, found.orElseThrow(), true, false)
        : expanded(name, found.isPresent(), true, word, depth);
  }

  private String demanded(
      String name, Optional<String> found, boolean present, String word, int depth) {
    if (present) {
      return mention(name, found.orElseThrow(), true, false);
    }
    mention(name, "", found.isPresent(), false);
    String message = expand(word, depth + 1);
    if (required == null) {
      required =
          "required variable "
              + name
              + " is missing a value"
              + (message.isEmpty() ? "" : ": ")
              + message;
    }
    return "";
  }

  private String replaced(
      String name, Optional<String> found, boolean present, String word, int depth) {
    if (!present) {
      return mention(name, "", found.isPresent(), true);
    }
    return expanded(name, true, false, word, depth);
  }

  private String mention(String name, String value, boolean resolved, boolean byDefault) {
    mentions.add(new Mention(name, value, resolved, byDefault));
    return value;
  }

  /** Expand a word that stands for a variable; the variable is mentioned before those in it. */
  private String expanded(
      String name, boolean resolved, boolean byDefault, String word, int depth) {
    int place = mentions.size();
    String value = expand(word, depth + 1);
    mentions.add(place, new Mention(name, value, resolved, byDefault));
    return value;
  }

  private void append(StringBuilder result, String text) {
    length += text.length();
    if (length > MAXIMUM_LENGTH) {
      fail(TOO_LONG);
      return;
    }
    result.append(text);
  }

  private void fail(String message) {
    if (error == null) {
      error = message;
    }
  }

  private static String invalid(String text, int dollar, int close) {
    int end = close < 0 ? text.length() : close + 1;
    String shown = text.substring(dollar, Math.min(end, dollar + 60));
    return "invalid template \"%s%s\": %s"
        .formatted(shown, end > dollar + 60 ? "..." : "", close < 0 ? unclosed() : FORMS);
  }

  private static String unclosed() {
    return "the brace is never closed; " + FORMS;
  }

  /** Return the end of the name that begins at a place; the place itself if none does. */
  private static int nameEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end), end > start)) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c, boolean digits) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (digits && c >= '0' && c <= '9');
  }

  /** Find the brace that closes the one at a place; -1 if none does. */
  private static int closingBrace(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }
}
