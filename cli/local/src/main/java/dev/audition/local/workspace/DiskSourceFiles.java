package dev.audition.local.workspace;

import dev.audition.core.source.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of this machine, for one reading: what was answered once is answered again, whatever
 * happens to the file meanwhile. Links are followed.
 */
public final class DiskSourceFiles implements SourceFiles {
  private final Path here;
  private final Map<String, Content> contents = new ConcurrentHashMap<>();
  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

  /**
   * Make the files of one reading.
   *
   * @param here where the user stands; paths are shown relative to it
   */
  public DiskSourceFiles(Path here) {
    this.here = here.toAbsolutePath().normalize();
  }

  @Override
  public Content read(String path) {
    return contents.computeIfAbsent(path, DiskSourceFiles::readNow);
  }

  @Override
  public Kind kind(String path) {
    return kinds.computeIfAbsent(path, DiskSourceFiles::kindNow);
  }

  @Override
  public String real(String path) {
    try {
      Path rest = Path.of(path).toAbsolutePath().normalize();
      Path known = rest;
      while (!Files.exists(known) && known.getParent() != null) {
        known = known.getParent();
      }
      return known.toRealPath().resolve(known.relativize(rest)).normalize().toString();
    } catch (IOException | InvalidPathException e) {
      return path; // reading it says what is wrong
    }
  }

  @Override
  public String display(String path) {
    try {
      Path absolute = Path.of(path);
      if (!absolute.isAbsolute()) {
        return path;
      }
      String relative = here.relativize(absolute.normalize()).toString();
      if (relative.isEmpty()) {
        return ".";
      }
      return relative.startsWith("..") && relative.length() >= path.length() ? path : relative;
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static Kind kindNow(String path) {
    try {
      Path file = Path.of(path);
      return Files.isDirectory(file) ? Kind.FOLDER : Files.exists(file) ? Kind.FILE : Kind.ABSENT;
    } catch (InvalidPathException e) {
      return Kind.ABSENT;
    }
  }

  private static Content readNow(String path) {
    Path file;
    try {
      file = Path.of(path);
    } catch (InvalidPathException e) {
      return new Content.Missing();
    }
    if (Files.isDirectory(file)) {
      return new Content.Unreadable("a folder");
    }
    if (!Files.exists(file)) {
      return new Content.Missing();
    }
    if (!Files.isRegularFile(file)) {
      // A pipe or device would keep us waiting for ever.
      return new Content.Unreadable("not a regular file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MAXIMUM_BYTES + 1);
      if (bytes.length > MAXIMUM_BYTES) {
        return new Content.Unreadable("larger than 1 MiB");
      }
      return new Content.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Content.Unreadable("not UTF-8 text");
    } catch (AccessDeniedException e) {
      return new Content.Unreadable("permission denied");
    } catch (IOException e) {
      return new Content.Unreadable(String.valueOf(e.getMessage()));
    }
  }
}
