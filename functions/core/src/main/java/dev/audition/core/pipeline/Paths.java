package dev.audition.core.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as text, {@code /} between names; nothing here looks at a disk. */
final class Paths {
  private Paths() {}

  /** Return the absolute, normalised path that a text means seen from a folder. */
  static String resolve(String folder, String text) {
    Deque<String> names = new ArrayDeque<>();
    String whole = text.startsWith("/") ? text : folder + "/" + text;
    for (String name : whole.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> names.pollLast();
        default -> names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /** Return whether a path is a folder or lies below it; both normalised. */
  static boolean isWithin(String folder, String path) {
    return path.equals(folder) || path.startsWith(folder.equals("/") ? "/" : folder + "/");
  }

  /** Return the folder that a file lies in. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
