package dev.audition.local.store;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunJson;
import dev.audition.core.tree.MalformedJsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The document of one run: read whole, replaced whole. */
final class RunDocument {
  /** File locks are the process's; its threads need one of their own. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  /** What was read last: between two changes a run is loaded many times. */
  private static final Map<Path, Cached> CACHE = new ConcurrentHashMap<>();

  /** The document as a file, so that a look at the folder tells whether it changed. */
  private record Stamp(@Nullable Object key, FileTime modified, long size) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    }
  }

  private record Cached(Stamp stamp, Run run) {}

  private final RunFolder folder;

  RunDocument(RunFolder folder) {
    this.folder = folder;
  }

  /** Forget a run whose folder is removed. */
  static void forget(RunFolder folder) {
    CACHE.remove(folder.document());
    THREADS.remove(folder.document());
  }

  Optional<Run> load() {
    Path file = folder.document();
    try {
      Stamp stamp = Stamp.of(file);
      Cached cached = CACHE.get(file);
      if (cached != null && cached.stamp().equals(stamp)) {
        return Optional.of(cached.run());
      }
      // Stamped before it is read: a change in between only costs another reading.
      Run run = RunJson.read(Files.readString(file), file.toString());
      CACHE.put(file, new Cached(stamp, run));
      return Optional.of(run);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StateUnusableException.of(file, "read", e);
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new StateUnusableException(
          "%s is not a run that this release can read: %s. Remove it with: audition rm %s"
              .formatted(file, e.getMessage(), folder.id()));
    }
  }

  Optional<Run> loadIfReadable() {
    try {
      return load();
    } catch (StateUnusableException e) {
      return Optional.empty();
    }
  }

  boolean create(Run run) {
    return locked(() -> !Files.exists(folder.document()) && write(run, true));
  }

  boolean replace(Run next, long expectedVersion) {
    if (!Files.exists(folder.document())) {
      return false;
    }
    return locked(
        () -> {
          // What another process wrote within one tick of the clock may bear the same stamp, so
          // the cache is not asked who has won.
          Optional<Run> stored = readAgain();
          if (stored.isEmpty() || stored.get().version() != expectedVersion) {
            return false;
          }
          return write(next, next.status().terminal() && !stored.get().status().terminal());
        });
  }

  private Optional<Run> readAgain() {
    Cached cached = CACHE.get(folder.document());
    if (cached != null && cached.run().version() == storedVersion()) {
      return Optional.of(cached.run());
    }
    CACHE.remove(folder.document());
    return load();
  }

  /** The version stands near the beginning; -1 if it is not found there. */
  private long storedVersion() {
    try (FileChannel channel = FileChannel.open(folder.document(), StandardOpenOption.READ)) {
      ByteBuffer start = ByteBuffer.allocate(256);
      int read = channel.read(start);
      String text = new String(start.array(), 0, Math.max(0, read), StandardCharsets.UTF_8);
      int at = text.indexOf("\"version\":");
      int comma = text.indexOf(',', Math.max(0, at));
      return at < 0 || comma < 0 ? -1 : Long.parseLong(text.substring(at + 10, comma).strip());
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  private boolean write(Run run, boolean durable) {
    Path file = folder.document();
    replaceFile(file, RunJson.write(run).getBytes(StandardCharsets.UTF_8), durable);
    try {
      CACHE.put(file, new Cached(Stamp.of(file), run));
    } catch (IOException e) {
      CACHE.remove(file);
    }
    return true;
  }

  private interface Change {
    boolean make();
  }

  private boolean locked(Change change) {
    ReentrantLock threads = THREADS.computeIfAbsent(folder.document(), _ -> new ReentrantLock());
    threads.lock();
    try (FileChannel channel =
            FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      return change.make();
    } catch (IOException e) {
      throw StateUnusableException.of(folder.path(), "written", e);
    } finally {
      threads.unlock();
    }
  }

  /**
   * Replace a file whole.
   *
   * @param durable whether it must survive the loss of power too. A killed process loses nothing
   *     either way; beginnings and ends of runs are worth the wait for the disk, what is in between
   *     is not: after a loss of power the run's containers are gone
   */
  static void replaceFile(Path file, byte[] content, boolean durable) {
    Path next =
        file.resolveSibling(
            "."
                + file.getFileName()
                + "."
                + Thread.currentThread().threadId()
                + "."
                + ProcessHandle.current().pid());
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (durable) {
          channel.force(true);
        }
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(next);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw StateUnusableException.of(file, "written", e);
    }
  }
}
