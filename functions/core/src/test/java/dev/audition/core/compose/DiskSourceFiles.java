package dev.audition.core.compose;

import dev.audition.core.source.SourceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files below a folder, shown relative to it.
 *
 * @param root where the user stands
 */
record DiskSourceFiles(Path root) implements SourceFiles {
  @Override
  public Content read(String path) {
    try {
      return Files.isRegularFile(Path.of(path))
          ? new Content.Text(Files.readString(Path.of(path)))
          : new Content.Missing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Kind kind(String path) {
    return Files.isDirectory(Path.of(path))
        ? Kind.FOLDER
        : Files.exists(Path.of(path)) ? Kind.FILE : Kind.ABSENT;
  }

  @Override
  public String display(String path) {
    return path.startsWith(root + "/") ? path.substring(root.toString().length() + 1) : path;
  }
}
