package dev.audition.local.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the end of a log file without reading what comes before it. */
final class LogFile {
  private static final int LARGEST_TAIL = 256 * 1024;

  private LogFile() {}

  /** Return the last lines, of the last 256 KiB; empty if there is no file. */
  static List<String> tail(Path path, int lines) {
    if (!Files.isRegularFile(path)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long from = Math.max(0, file.length() - LARGEST_TAIL);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("log file " + path, e);
    }
  }
}
