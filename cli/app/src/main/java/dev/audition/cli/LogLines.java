package dev.audition.cli;

import dev.audition.local.LocalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads log files: their last lines, all of them, or as they grow. */
final class LogLines {
  private static final int TAIL_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final long LOOK_AGAIN_MILLIS = 100;

  private LogLines() {}

  /** Return the last lines of a file, from its last 64 KiB; none if it is not there. */
  static List<String> last(Path path, int count) {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      throw new LocalException("cannot read the log " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Copy a file to a stream as it grows.
   *
   * @param prefix written before each line
   * @param more whether there may be more; asked each time the end is reached
   */
  static void copy(Path path, String prefix, PrintStream out, BooleanSupplier more) {
    try (RandomAccessFile file = open(path, more)) {
      LinePrinter printer = new LinePrinter(prefix, out);
      byte[] buffer = new byte[BUFFER_BYTES];
      while (true) {
        boolean goesOn = more.getAsBoolean();
        int count = file.read(buffer);
        if (count > 0) {
          printer.print(buffer, count);
        } else if (!goesOn) {
          printer.end();
          return;
        } else {
          pause();
        }
      }
    } catch (IOException e) {
      throw new LocalException("cannot read the log " + path + ": " + e.getMessage(), e);
    }
  }

  private static RandomAccessFile open(Path path, BooleanSupplier more) throws IOException {
    while (!Files.exists(path) && more.getAsBoolean()) {
      pause();
    }
    return new RandomAccessFile(path.toFile(), "r");
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("interrupted while following a log", e);
    }
  }

  /** Writes whole lines, each behind its prefix. */
  private static final class LinePrinter {
    private final String prefix;
    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LinePrinter(String prefix, PrintStream out) {
      this.prefix = prefix;
      this.out = out;
    }

    /** A character may stand across the border of two pieces, so only whole lines are decoded. */
    void print(byte[] bytes, int count) {
      for (int i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
          flush();
        } else {
          line.write(bytes[i]);
        }
      }
    }

    void end() {
      if (line.size() > 0) {
        flush();
      }
    }

    private void flush() {
      synchronized (out) {
        out.println(prefix + line.toString(StandardCharsets.UTF_8));
      }
      line.reset();
    }
  }
}
