package dev.audition.local.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar archive as it goes, of any size: build contexts, workspaces. Owner is root and the
 * time is always the same: the engine's cache looks at neither, and two equal trees should be
 * equal.
 */
public final class TarStream implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final long LARGEST_OCTAL = 077777777777L;
  private static final int COPY_BUFFER = 64 * 1024;

  private final OutputStream out;

  /** Write to a stream. */
  public TarStream(OutputStream out) {
    this.out = out;
  }

  /** Add a folder; what lies in it is added by itself. */
  public void folder(String name, int mode) throws IOException {
    entry(name + "/", mode, 0, '5', "");
  }

  /** Add a symbolic link. */
  public void link(String name, String target) throws IOException {
    entry(name, 0777, 0, '2', target);
  }

  /** Add a file. */
  public void file(String name, int mode, byte[] content) throws IOException {
    entry(name, mode, content.length, '0', "");
    out.write(content);
    pad(content.length);
  }

  /** Add a file; one that shrinks meanwhile is filled with zeros, one that grows is cut. */
  public void file(String name, int mode, long size, InputStream content) throws IOException {
    entry(name, mode, size, '0', "");
    byte[] buffer = new byte[COPY_BUFFER];
    long left = size;
    while (left > 0) {
      int read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        Arrays.fill(buffer, (byte) 0);
        read = (int) Math.min(left, buffer.length);
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    pad(size);
  }

  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private void entry(String name, int mode, long size, char type, String target)
      throws IOException {
    longText(name, 'L');
    longText(target, 'K');
    header(name, mode, size, type, target);
  }

  /** GNU's way for what does not fit: an entry of its own before the one it is for. */
  private void longText(String text, char type) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= LONGEST_NAME) {
      header("././@LongLink", 0, bytes.length + 1L, type, "");
      out.write(bytes);
      out.write(0);
      pad(bytes.length + 1L);
    }
  }

  private void header(String name, int mode, long size, char type, String target)
      throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, LONGEST_NAME, name);
    put(header, 100, 8, "%07o".formatted(mode));
    put(header, 108, 8, "0000000");
    put(header, 116, 8, "0000000");
    if (size <= LARGEST_OCTAL) {
      put(header, 124, 12, "%011o".formatted(size));
    } else {
      header[124] = (byte) 0x80;
      for (int i = 0; i < Long.BYTES; i++) {
        header[135 - i] = (byte) (size >> (Byte.SIZE * i));
      }
    }
    put(header, 136, 12, "00000000000");
    put(header, 148, 8, "        ");
    header[156] = (byte) type;
    put(header, 157, LONGEST_NAME, target);
    put(header, 257, 8, "ustar  ");
    int sum = 0;
    for (byte one : header) {
      sum += Byte.toUnsignedInt(one);
    }
    put(header, 148, 8, "%06o\0 ".formatted(sum));
    out.write(header);
  }

  private static void put(byte[] header, int offset, int width, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, offset, Math.min(width, bytes.length));
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }
}
