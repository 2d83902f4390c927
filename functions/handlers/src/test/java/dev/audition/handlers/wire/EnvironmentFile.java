package dev.audition.handlers.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Reads an environment file as the ECS agent does: a line each, comments with {@code #}, nothing
 * unescaped; a line without a name or without a value is dropped, the last of a name counts, and a
 * line that is too long fails the task.
 */
final class EnvironmentFile {
  /** The longest token of Go's scanner, which the agent reads with. */
  private static final int LONGEST_LINE = 64 * 1024;

  private EnvironmentFile() {}

  static SequencedMap<String, String> parse(String text) {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      String plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (plain.getBytes(StandardCharsets.UTF_8).length >= LONGEST_LINE) {
        throw new ResourceInitializationException(
            "unable to read environment file: bufio.Scanner: token too long");
      }
      int equals = plain.indexOf('=');
      if (!plain.startsWith("#") && equals > 0 && equals < plain.length() - 1) {
        variables.put(plain.substring(0, equals), plain.substring(equals + 1));
      }
    }
    return variables;
  }
}
