package dev.audition.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at spaces. */
final class Paragraph {
  private Paragraph() {}

  /** Wrap text to a width, each line behind an indentation. */
  static List<String> wrap(String text, int width, String indentation) {
    List<String> lines = new ArrayList<>();
    for (String part : text.split("\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : part.split(" +")) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > width - indentation.length()) {
          lines.add(indentation + line);
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add((indentation + line).stripTrailing());
    }
    return lines;
  }
}
