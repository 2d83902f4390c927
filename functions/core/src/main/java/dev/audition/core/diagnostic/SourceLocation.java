package dev.audition.core.diagnostic;

import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param file the path as shown to the user, relative to where they stand if that is shorter
 * @param line 1-based; 0 means the whole file
 * @param column 1-based; 0 means the whole line
 */
public record SourceLocation(String file, int line, int column)
    implements Comparable<SourceLocation> {
  private static final Comparator<SourceLocation> ORDER =
      Comparator.comparing(SourceLocation::file)
          .thenComparingInt(SourceLocation::line)
          .thenComparingInt(SourceLocation::column);

  public SourceLocation {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException(
          "line, column: %d, %d (expected: not negative)".formatted(line, column));
    }
  }

  /** Return the place that means the whole of a file. */
  public static SourceLocation of(String file) {
    return new SourceLocation(file, 0, 0);
  }

  @Override
  public int compareTo(SourceLocation other) {
    return ORDER.compare(this, other);
  }

  /** Render as {@code file:line:column}, the form that editors and terminals make clickable. */
  @Override
  public String toString() {
    return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
