package dev.audition.local.workspace;

import dev.audition.core.source.RecordedFiles;
import dev.audition.core.source.SourceArchiveWriter;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.source.SourceFiles.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Packs the texts of a work tree, so that a reader elsewhere reads what a reader here does: what
 * was asked for here first, then every yml, yaml and env file as far as there is room, and the
 * names of all others.
 */
public final class SourcePacker {
  private static final String GIT = ".git";

  private final Path root;
  private final SourceArchiveWriter writer = new SourceArchiveWriter();
  private final List<String> leftOut = new ArrayList<>();

  private SourcePacker(Path root) {
    this.root = root;
  }

  /** What was packed. */
  public static final class Packed {
    private final byte[] archive;
    private final List<String> leftOut;

    private Packed(byte[] archive, List<String> leftOut) {
      this.archive = archive;
      this.leftOut = List.copyOf(leftOut);
    }

    /** Return the archive, for {@link dev.audition.core.source.SourceArchive}. */
    public byte[] archive() {
      return archive.clone();
    }

    /** Return what was read here and does not fit, so that it would be missed elsewhere. */
    public List<String> leftOut() {
      return leftOut;
    }
  }

  /**
   * Pack a work tree.
   *
   * @param recorded what a reading and planning here asked for
   * @throws UncheckedIOException if the work tree cannot be looked through
   */
  public static Packed pack(Path root, RecordedFiles recorded) {
    SourcePacker packer = new SourcePacker(root.toAbsolutePath().normalize());
    packer.addRecorded(recorded);
    packer.addOthers();
    return new Packed(packer.writer.zip(), packer.leftOut);
  }

  private void addRecorded(RecordedFiles recorded) {
    for (Map.Entry<String, Content> file : recorded.read().entrySet()) {
      if (file.getValue() instanceof Content.Text(String text)) {
        relative(file.getKey())
            .filter(path -> !writer.add(path, text.getBytes(StandardCharsets.UTF_8)))
            .ifPresent(leftOut::add);
      }
    }
    for (Map.Entry<String, SourceFiles.Kind> path : recorded.looked().entrySet()) {
      relative(path.getKey())
          .filter(name -> !writer.list(name, path.getValue()))
          .ifPresent(leftOut::add);
    }
  }

  private Optional<String> relative(String path) {
    Path absolute = Path.of(path);
    return absolute.startsWith(root) && !absolute.equals(root)
        ? Optional.of(root.relativize(absolute).toString())
        : Optional.empty();
  }

  private void addOthers() {
    try {
      Files.walkFileTree(root, new Others());
    } catch (IOException e) {
      throw new UncheckedIOException("The work tree %s cannot be read".formatted(root), e);
    }
  }

  /** Whatever nobody asked for may be missing, so what cannot be read or does not fit is passed. */
  private final class Others extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.endsWith(GIT)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      return list(folder, SourceFiles.Kind.FOLDER);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      boolean folder = attributes.isSymbolicLink() && Files.isDirectory(file);
      if (attributes.isRegularFile() && isText(file) && addContent(file, attributes)) {
        return FileVisitResult.CONTINUE;
      }
      return list(file, folder ? SourceFiles.Kind.FOLDER : SourceFiles.Kind.FILE);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult list(Path path, SourceFiles.Kind kind) {
      boolean fits = path.equals(root) || writer.list(name(path), kind);
      return fits ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    private boolean addContent(Path file, BasicFileAttributes attributes) {
      if (attributes.size() > SourceFiles.MAXIMUM_BYTES) {
        return false;
      }
      try (InputStream stream = Files.newInputStream(file)) {
        return writer.add(name(file), stream.readNBytes(SourceFiles.MAXIMUM_BYTES + 1));
      } catch (IOException e) {
        return false;
      }
    }

    private String name(Path path) {
      return root.relativize(path).toString();
    }
  }

  private static boolean isText(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".yml")
        || name.endsWith(".yaml")
        || name.endsWith(".env")
        || name.startsWith(".env");
  }
}
