package dev.audition.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns, each as wide as its widest cell; the last is left as long as it is. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Add a row. */
  TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Return the lines, each behind an indentation. */
  List<String> lines(String indentation) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = width(row.get(column));
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    return rows.stream().map(row -> indentation + line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell);
      if (column < row.size() - 1) {
        line.append(" ".repeat(widths.get(column) - width(cell))).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  /** Count what is seen: escape sequences take no room. */
  static int width(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }
}
