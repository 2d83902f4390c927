package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.VariableLookup;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the syntax of {@code .env} and {@code env_file}: {@code NAME=value} or {@code NAME: value}
 * per line, {@code export} allowed, {@code #} for comments, single quotes for literal text, double
 * quotes with escapes, both over several lines, <code>${NAME}</code> outside of single quotes, a
 * bare {@code NAME} to pass a variable on.
 *
 * <p>Source of the rules: the page on env file syntax of the compose documentation.
 */
public final class EnvFile {
  /** Puts values in the place of variables. */
  @FunctionalInterface
  interface Substitution {
    String apply(String text, VariableLookup ownNames, SourceLocation where);
  }

  private final String text;
  private final String file;
  private final VariableLookup inherited;
  private final Substitution substitution;
  private final Diagnostics diagnostics;
  private final SequencedMap<String, String> values = new LinkedHashMap<>();
  private int position;
  private int line = 1;

  private EnvFile(
      String text,
      String file,
      VariableLookup inherited,
      Substitution substitution,
      Diagnostics diagnostics) {
    this.text = (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n");
    this.file = file;
    this.inherited = inherited;
    this.substitution = substitution;
    this.diagnostics = diagnostics;
  }

  /**
   * Read a file of variables as it stands, without putting anything in the place of {@code
   * ${NAME}}; what is wrong in it is refused by line and left out.
   *
   * @param file as shown to the user
   */
  public static SequencedMap<String, String> read(
      String text, String file, Diagnostics diagnostics) {
    return parse(
        text, file, name -> Optional.empty(), (value, ownNames, where) -> value, diagnostics);
  }

  /**
   * Read a file's text; what is wrong in it is refused by line and left out.
   *
   * @param file as shown to the user
   * @param inherited the values of bare names
   */
  static SequencedMap<String, String> parse(
      String text,
      String file,
      VariableLookup inherited,
      Substitution substitution,
      Diagnostics diagnostics) {
    EnvFile envFile = new EnvFile(text, file, inherited, substitution, diagnostics);
    while (envFile.position < envFile.text.length()) {
      envFile.line();
    }
    return envFile.values;
  }

  /** Read {@code format: raw}: everything after the first {@code =} is the value. */
  static SequencedMap<String, String> parseRaw(String text, VariableLookup inherited) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals >= 0) {
                values.put(line.substring(0, equals).strip(), line.substring(equals + 1));
              } else {
                inherited.find(line.strip()).ifPresent(value -> values.put(line.strip(), value));
              }
            });
    return values;
  }

  private void line() {
    skipBlanks();
    if (position >= text.length() || peek() == '\n' || peek() == '#') {
      toEndOfLine();
      return;
    }
    int start = position;
    String name = name();
    if (name.equals("export") && position < text.length() && isBlank(peek())) {
      skipBlanks();
      start = position;
      name = name();
    }
    skipBlanks();
    char next = position < text.length() ? peek() : '\n';
    if (name.isEmpty() || !(next == '=' || next == ':' || next == '\n' || next == '#')) {
      position = start;
      String written = toEndOfLine().stripTrailing();
      refuse(
          line - 1,
          "\"%s\" is not a line of an env file (expected: NAME=VALUE)".formatted(shorten(written)));
    } else if (next == '=' || next == ':') {
      position++;
      skipBlanks();
      value(name, start);
    } else {
      toEndOfLine();
      bare(name);
    }
  }

  private void bare(String name) {
    Optional<String> value = inherited.find(name);
    value.ifPresent(found -> values.put(name, found));
  }

  private void value(String name, int start) {
    SourceLocation where =
        new SourceLocation(file, line, start - text.lastIndexOf('\n', start - 1));
    char quote = position < text.length() ? peek() : '\n';
    if (quote != '\'' && quote != '"') {
      values.put(name, substituted(unquoted(toEndOfLine()), where));
      return;
    }
    int opened = line;
    String quoted = quoted(quote);
    if (quoted == null) {
      refuse(opened, "the quoted value of %s never ends".formatted(name));
      return;
    }
    values.put(name, quote == '\'' ? quoted : substituted(quoted, where));
    toEndOfLine();
  }

  private String substituted(String value, SourceLocation where) {
    return substitution.apply(value, name -> Optional.ofNullable(values.get(name)), where);
  }

  /** A comment begins at a {@code #} that follows a blank. */
  private static String unquoted(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) == '#' && (i == 0 || isBlank(rest.charAt(i - 1)))) {
        return rest.substring(0, i).strip();
      }
    }
    return rest.strip();
  }

  /** Return what stands between quotes; null if they are never closed. */
  private @Nullable String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (position++; position < text.length(); position++) {
      char c = peek();
      if (c == '\n') {
        line++;
      }
      if (c == quote) {
        position++;
        return value.toString();
      }
      if (c == '\\' && position + 1 < text.length()) {
        position++;
        value.append(quote == '"' ? escaped(peek()) : literalEscape(peek()));
        if (peek() == '\n') {
          line++;
        }
      } else {
        value.append(c);
      }
    }
    return null;
  }

  /** In double quotes; an escaped dollar stays one for the interpolation that follows. */
  private static String escaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case '"' -> "\"";
      case '\\' -> "\\";
      case '$' -> "$$";
      default -> "\\" + c;
    };
  }

  private static String literalEscape(char c) {
    return c == '\'' ? "'" : "\\" + c;
  }

  private String name() {
    int start = position;
    while (position < text.length() && isName(peek())) {
      position++;
    }
    return text.substring(start, position);
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.-[]".indexOf(c) >= 0;
  }

  private String toEndOfLine() {
    int end = text.indexOf('\n', position);
    String rest = text.substring(position, end < 0 ? text.length() : end);
    position = end < 0 ? text.length() : end + 1;
    line++;
    return rest;
  }

  private void skipBlanks() {
    while (position < text.length() && isBlank(peek())) {
      position++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private char peek() {
    return text.charAt(position);
  }

  private void refuse(int at, String message) {
    diagnostics.refuse(
        Category.INVALID,
        new SourceLocation(file, at, 1),
        "",
        message,
        "See the syntax of env files in the compose documentation.");
  }

  private static String shorten(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }
}
