package dev.audition.local.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The duty to remove what a run started; one holder at a time among all processes of this machine.
 *
 * <p>The owner of a run takes it before anything is started. The system gives it back when its
 * holder's process ends, however that ends, so that a lease that can be taken means: nobody looks
 * after this run any more. Process ids would not do: they are given again, and differ between
 * containers that share a home.
 */
public final class RunLease implements AutoCloseable {
  /**
   * Held by this process. The system drops a process's lock when it closes <em>any</em> handle of
   * the file, so the file must not even be opened while it is held here.
   */
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private RunLease(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Take the lease if nobody holds it. */
  static Optional<RunLease> tryTake(RunFolder folder) {
    return take(folder, false);
  }

  /** Take the lease, and wait for it as long as another process holds it. */
  static RunLease take(RunFolder folder) {
    return take(folder, true)
        .orElseThrow(() -> new IllegalStateException("lease: held by this process already"));
  }

  private static Optional<RunLease> take(RunFolder folder, boolean wait) {
    Path file = folder.lease();
    synchronized (HELD_HERE) {
      if (!HELD_HERE.add(file)) {
        return Optional.empty();
      }
    }
    try {
      RunFolder.make(folder.path());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = wait ? channel.lock() : channel.tryLock();
      if (lock != null) {
        return Optional.of(new RunLease(file, channel));
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      forget(file);
      throw new IllegalStateException("lease: held by this process already", e);
    } catch (IOException e) {
      forget(file);
      throw StateUnusableException.of(file, "locked", e);
    }
    forget(file);
    return Optional.empty();
  }

  private static void forget(Path file) {
    synchronized (HELD_HERE) {
      HELD_HERE.remove(file);
    }
  }

  /** Give the lease back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StateUnusableException.of(file, "unlocked", e);
    } finally {
      forget(file);
    }
  }
}
