package dev.audition.core.source;

/**
 * The files around a composition, asked for by absolute, normalised path.
 *
 * <p>The core never opens a file; it asks this. An implementation answers the same for the same
 * path during one reading.
 */
public interface SourceFiles {
  /** The most bytes of one file that are read: 1 MiB. */
  int MAXIMUM_BYTES = 1 << 20;

  /** What a path holds. */
  enum Kind {
    FILE,
    FOLDER,
    ABSENT
  }

  /** The answer to {@link #read}. */
  sealed interface Content {
    /** The whole file, decoded as UTF-8. */
    record Text(String text) implements Content {}

    /** There is no such file. */
    record Missing() implements Content {}

    /**
     * The file is there and cannot be used.
     *
     * @param reason for the user, such as {@code larger than 1 MiB} or {@code permission denied}
     */
    record Unreadable(String reason) implements Content {}
  }

  /** Read a file. */
  Content read(String path);

  /** Tell what a path holds, links followed. */
  Kind kind(String path);

  /**
   * Return the path with all links followed, as far as it exists; what does not exist yet is kept
   * as it is written.
   */
  default String real(String path) {
    return path;
  }

  /** Return the path as a message should show it, relative to where the user stands. */
  String display(String path);
}
