package dev.audition.local.store;

import dev.audition.core.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the files of one run are.
 *
 * <pre>
 * run.json      the run as it is, replaced whole
 * lock          held while run.json is replaced
 * lease         held by whoever must remove what the run started
 * kept          there if the user wants to look inside
 * cancel        there if somebody wants it to end
 * texts/        what never changes once written
 * logs/         a folder per task, a file per container
 * keeper.log    what the keeper did
 * </pre>
 */
record RunFolder(RunId id, Path path) {
  /** Logs and variables of a run are its owner's business only. */
  private static final FileAttribute<?>[] PRIVATE =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
          }
          : new FileAttribute<?>[0];

  Path document() {
    return path.resolve("run.json");
  }

  Path lock() {
    return path.resolve("lock");
  }

  Path lease() {
    return path.resolve("lease");
  }

  Path kept() {
    return path.resolve("kept");
  }

  Path cancel() {
    return path.resolve("cancel");
  }

  Path text(String name) {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")) {
      throw new IllegalArgumentException(
          "text name: \"%s\" (expected: letters, digits, -, _ and .)".formatted(name));
    }
    return texts().resolve(name);
  }

  Path texts() {
    return path.resolve("texts");
  }

  Path logs() {
    return path.resolve("logs");
  }

  Path keeperLog() {
    return path.resolve("keeper.log");
  }

  /** Make a folder that only its owner can read, and those above it. */
  static void make(Path folder) {
    try {
      Files.createDirectories(folder, PRIVATE);
    } catch (IOException e) {
      throw StateUnusableException.of(folder, "made", e);
    }
  }

  /** Remove everything; what is gone already does not matter. */
  void remove() {
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Somebody else removed it.
    } catch (UncheckedIOException e) {
      throw StateUnusableException.of(path, "removed", new IOException(e));
    } catch (IOException e) {
      throw StateUnusableException.of(path, "removed", e);
    }
  }
}
