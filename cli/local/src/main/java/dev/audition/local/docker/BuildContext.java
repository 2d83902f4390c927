package dev.audition.local.docker;

import dev.audition.core.compose.BuildConfig;
import dev.audition.local.workspace.TarStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder on its way to the engine: everything its {@code .dockerignore} leaves in, and the
 * Dockerfile wherever it stands. Links are sent as links, as {@code docker build} sends them.
 */
final class BuildContext {
  /** Where a Dockerfile from outside of the context, or from the compose file, is put. */
  private static final String OUTSIDE_DOCKERFILE = ".audition.dockerfile";

  private static final String IGNORE_FILE = ".dockerignore";
  private static final int PIPE_BYTES = 1 << 20;

  private final Path folder;
  private final String dockerfile;
  private final byte @Nullable [] outside;
  private final IgnoreRules rules;

  private BuildContext(
      Path folder, String dockerfile, byte @Nullable [] outside, IgnoreRules rules) {
    this.folder = folder;
    this.dockerfile = dockerfile;
    this.outside = outside;
    this.rules = rules;
  }

  /**
   * Open a context.
   *
   * @throws IOException if the folder or its Dockerfile cannot be read
   */
  static BuildContext open(BuildConfig build) throws IOException {
    Path folder = Path.of(build.context());
    if (!Files.isDirectory(folder)) {
      throw new IOException("the build context " + folder + " is not a folder");
    }
    if (build.dockerfileInline() != null) {
      byte[] text = build.dockerfileInline().getBytes(StandardCharsets.UTF_8);
      return new BuildContext(folder, OUTSIDE_DOCKERFILE, text, ignoreRules(folder, null));
    }
    String name = build.dockerfile() == null ? "Dockerfile" : build.dockerfile();
    Path file = folder.resolve(name).normalize();
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no Dockerfile " + file);
    }
    IgnoreRules rules = ignoreRules(folder, file);
    return file.startsWith(folder.normalize())
        ? new BuildContext(folder, slashed(folder.normalize().relativize(file)), null, rules)
        : new BuildContext(folder, OUTSIDE_DOCKERFILE, Files.readAllBytes(file), rules);
  }

  /** A Dockerfile may have an ignore file of its own, which then stands for the folder's. */
  private static IgnoreRules ignoreRules(Path folder, @Nullable Path dockerfile)
      throws IOException {
    if (dockerfile != null) {
      Path own = dockerfile.resolveSibling(dockerfile.getFileName() + IGNORE_FILE);
      if (Files.isRegularFile(own)) {
        return IgnoreRules.parse(Files.readString(own));
      }
    }
    Path file = folder.resolve(IGNORE_FILE);
    return IgnoreRules.parse(Files.isRegularFile(file) ? Files.readString(file) : "");
  }

  /** Return where the Dockerfile stands in what is sent. */
  String dockerfile() {
    return dockerfile;
  }

  /** Return the Dockerfile's text. */
  String dockerfileText() throws IOException {
    return outside == null
        ? Files.readString(folder.resolve(dockerfile))
        : new String(outside, StandardCharsets.UTF_8);
  }

  /** Return the context as a tar archive, read from the disk while it is sent. */
  InputStream stream() throws IOException {
    PipedInputStream in = new PipedInputStream(PIPE_BYTES);
    PipedOutputStream out = new PipedOutputStream(in);
    Thread.ofPlatform().daemon().name("build context").start(() -> send(out));
    return in;
  }

  private void send(PipedOutputStream out) {
    try (out) {
      write(out);
    } catch (IOException e) {
      // The reader gets a cut archive, and the engine says so; or the engine hung up first.
    }
  }

  /** Write the context as a tar archive, in an order that is always the same. */
  void write(OutputStream out) throws IOException {
    try (TarStream tar = new TarStream(out)) {
      for (var entry : entries().entrySet()) {
        add(tar, entry.getKey(), entry.getValue());
      }
      if (outside != null) {
        tar.file(dockerfile, 0644, outside);
      }
    }
  }

  private SortedMap<String, Path> entries() throws IOException {
    SortedMap<String, Path> entries = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            if (at.equals(folder)) {
              return FileVisitResult.CONTINUE;
            }
            String name = slashed(folder.relativize(at));
            // Parents of what is taken back in are made by the engine itself.
            if (!rules.excludes(name)) {
              entries.put(name, at);
            }
            return rules.prunes(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
            String name = slashed(folder.relativize(at));
            boolean sent = attributes.isRegularFile() || attributes.isSymbolicLink();
            if (sent && (name.equals(dockerfile) || !rules.excludes(name))) {
              entries.put(name, at);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path at, IOException e) throws IOException {
            if (rules.excludes(slashed(folder.relativize(at)))) {
              return FileVisitResult.CONTINUE;
            }
            throw e instanceof AccessDeniedException
                ? new IOException(at + " of the build context may not be read", e)
                : e;
          }
        });
    if (outside == null) {
      // It is sent even from a folder that is left out.
      entries.put(dockerfile, folder.resolve(dockerfile));
    }
    return entries;
  }

  private static void add(TarStream tar, String name, Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      tar.link(name, Files.readSymbolicLink(file).toString());
    } else if (Files.isDirectory(file)) {
      tar.folder(name, mode(file));
    } else {
      try (InputStream content = Files.newInputStream(file)) {
        tar.file(name, mode(file), Files.size(file), content);
      }
    }
  }

  private static int mode(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      int mode = 0;
      for (PosixFilePermission permission : PosixFilePermission.values()) {
        mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
      }
      return mode;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnsupportedOperationException e) {
      return 0755;
    }
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
