package dev.audition.core.compose;

import java.util.ArrayDeque;
import java.util.Deque;

/** Absolute, normalised paths with {@code /}; text only, no file system is asked. */
final class Paths {
  private Paths() {}

  /** Resolve a path against a directory; {@code .} and {@code ..} are worked out. */
  static String resolve(String directory, String path) {
    return normalise(path.startsWith("/") ? path : directory + "/" + path);
  }

  /** Return the folder of a file. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** Return whether a path is the root or lies below it; both absolute and normalised. */
  static boolean inside(String root, String path) {
    return root.equals("/") || path.equals(root) || path.startsWith(root + "/");
  }

  /** Work out {@code .}, {@code ..} and doubled slashes of an absolute path. */
  static String normalise(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }
}
