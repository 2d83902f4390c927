package dev.audition.core.source;

/** How much an archive of sources may hold, whoever made it. */
final class ArchiveLimits {
  /** The name of the entry that lists what is in the workspace beside the files that are sent. */
  static final String LISTING = ".audition-paths";

  /** All of it, unpacked: 16 MiB. */
  static final int TOTAL_BYTES = 16 << 20;

  static final int ENTRIES = 20_000;
  static final int LISTED_PATHS = 200_000;
  static final int PATH_CHARACTERS = 1024;

  private ArchiveLimits() {}

  /** Return whether a path stays inside of the archive and means the same wherever it is read. */
  static boolean allows(String path) {
    if (path.isEmpty()
        || path.length() > PATH_CHARACTERS
        || path.chars().anyMatch(letter -> letter < ' ' || letter == '\\')) {
      return false;
    }
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return false;
      }
    }
    return true;
  }
}
