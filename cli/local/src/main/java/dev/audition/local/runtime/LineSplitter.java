package dev.audition.local.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines as they come. A line that grows too long is passed on in pieces, so memory
 * is bounded whatever is written; what is no UTF-8 shows as replacement characters.
 */
final class LineSplitter {
  /** The longest piece, in bytes. */
  static final int LONGEST = 16 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void take(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean end = bytes[i] == '\n';
      if (end || pending.size() + i - start >= LONGEST) {
        pending.write(bytes, start, i - start);
        pass();
        start = end ? i + 1 : i;
      }
    }
    pending.write(bytes, start, bytes.length - start);
  }

  /** Pass on what has no line end yet. */
  void flush() {
    if (pending.size() > 0) {
      pass();
    }
  }

  private void pass() {
    String line = pending.toString(StandardCharsets.UTF_8);
    pending.reset();
    lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
