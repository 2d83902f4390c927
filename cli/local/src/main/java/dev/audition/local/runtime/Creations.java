package dev.audition.local.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of containers that are just being created, so that closing the runtime can wait for
 * them: one that appeared after its run was removed would stay for ever.
 */
final class Creations {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /** Create something; null if it is too late. */
  <T> @Nullable T create(Supplier<T> creation) {
    lock.readLock().lock();
    try {
      return closed ? null : creation.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Let nothing begin any more, and wait for what has begun, but no longer than this. */
  void close(Duration atMost) {
    closed = true;
    try {
      if (lock.writeLock().tryLock(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        lock.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
