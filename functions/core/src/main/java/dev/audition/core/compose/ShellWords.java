package dev.audition.core.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits text into words the way a POSIX shell does; nothing is expanded. */
final class ShellWords {
  /** What only a shell understands, as a word of its own or at a word's end. */
  private static final Pattern FOR_A_SHELL =
      Pattern.compile("(?:^|\\s)(&&|\\|\\|?|&|[0-9]?>>?\\S*|<)(?=\\s|$)|(;)(?=\\s|$)");

  /** Quoted and escaped text, alone and in double quotes. */
  private static final Pattern QUOTED =
      Pattern.compile("\\\\.|'[^']*+'|\"(?:[^\"\\\\]++|\\\\.)*+\"", Pattern.DOTALL);

  private ShellWords() {}

  /** Find the first thing outside of quotes that only a shell understands, such as {@code &&}. */
  static Optional<String> forAShell(String text) {
    Matcher matcher = FOR_A_SHELL.matcher(QUOTED.matcher(text).replaceAll("x"));
    return matcher.find()
        ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
        : Optional.empty();
  }

  /** Split; null if a quote is never closed. */
  static @Nullable List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '\'') {
        if (c == '\'') {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\\' && i + 1 < text.length()) {
        inWord |= text.charAt(i + 1) != '\n';
        i += escape(text.charAt(i + 1), quote, word);
      } else if (quote == '"') {
        if (c == '"') {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return quote == 0 ? words : null;
  }

  /** Inside of double quotes a backslash only escapes what is special there; return 1. */
  private static int escape(char escaped, char quote, StringBuilder word) {
    boolean special = quote != '"' || "\"\\$`\n".indexOf(escaped) >= 0;
    if (!special) {
      word.append('\\');
    }
    if (!(escaped == '\n')) {
      word.append(escaped);
    }
    return 1;
  }
}
