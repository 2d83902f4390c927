package dev.audition.local.workspace;

import dev.audition.local.LocalException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Packs what containers mount of a work tree as a {@code .tar.gz}, as it lies there now: committed
 * or not, ignored by git or not, for that is what a mount on this machine shows as well. {@code
 * .git} itself stays here. Links are packed as links.
 */
public final class WorkspacePacker {
  private static final String GIT = ".git";
  private static final int FOLDER_MODE = 0755;
  private static final int FILE_MODE = 0644;
  private static final int PROGRAM_MODE = 0755;
  private static final int NAMED_FOLDERS = 3;

  private final Path root;
  private final long mostBytes;
  private final TarStream tar;
  private final Set<Path> done = new HashSet<>();
  private final Map<String, Long> sizes = new TreeMap<>();
  private long bytes;

  private WorkspacePacker(Path root, long mostBytes, TarStream tar) {
    this.root = root;
    this.mostBytes = mostBytes;
    this.tar = tar;
  }

  /**
   * Pack files and folders.
   *
   * @param root absolute path of the work tree
   * @param mounted absolute paths inside of it; what is not there is passed
   * @param mostBytes of all contents before they are packed
   * @param to where the archive is written
   * @throws LocalException if something cannot be read, or it is too much, with what is large
   */
  public static void pack(Path root, Collection<Path> mounted, long mostBytes, Path to) {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
        GZIPOutputStream zip = new GZIPOutputStream(file);
        TarStream tar = new TarStream(zip)) {
      WorkspacePacker packer = new WorkspacePacker(root, mostBytes, tar);
      for (Path path : mounted) {
        packer.add(path.normalize());
      }
    } catch (IOException e) {
      throw new LocalException("cannot pack the workspace " + root + ": " + e, e);
    }
  }

  private void add(Path path) throws IOException {
    if (!path.startsWith(root)) {
      return;
    }
    Path at = root;
    for (Path name : root.relativize(path)) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        // What lies behind the link is packed where it lies: the link alone leads to it.
        addLink(at);
        Path behind = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
        if (!done.contains(behind)) {
          add(behind.resolve(at.relativize(path)).normalize());
        }
        return;
      }
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(path, new Packing());
    }
  }

  private void addLink(Path link) throws IOException {
    if (done.add(link)) {
      tar.link(name(link), Files.readSymbolicLink(link).toString());
    }
  }

  private final class Packing extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.endsWith(GIT)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!folder.equals(root) && done.add(folder)) {
        tar.folder(name(folder), FOLDER_MODE);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.endsWith(GIT)) {
        return FileVisitResult.CONTINUE; // a linked work tree's
      }
      if (attributes.isSymbolicLink()) {
        addLink(file);
      } else if (attributes.isRegularFile() && done.add(file)) {
        count(file, attributes.size());
        try (InputStream content = Files.newInputStream(file)) {
          int mode = Files.isExecutable(file) ? PROGRAM_MODE : FILE_MODE;
          tar.file(name(file), mode, attributes.size(), content);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE; // gone meanwhile
      }
      throw e;
    }
  }

  private void count(Path file, long size) {
    Path below = root.relativize(file);
    Path folder = below.getParent();
    sizes.merge(folder == null ? "." : folder.toString(), size, Long::sum);
    bytes += size;
    if (bytes > mostBytes) {
      throw new LocalException(
          "the containers mount more of the workspace than is sent, %d MiB. Large so far: %s. Mount smaller folders, or build files into an image"
              .formatted(mostBytes >> 20, largest()));
    }
  }

  private String largest() {
    return String.join(
        ", ",
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(NAMED_FOLDERS)
            .map(entry -> "%s (%d MiB)".formatted(entry.getKey(), entry.getValue() >> 20))
            .toList());
  }

  private String name(Path path) {
    return root.relativize(path).toString();
  }
}
