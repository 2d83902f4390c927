package dev.audition.local.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of one start of a container, from before it starts. */
final class ContainerExit {
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final CompletableFuture<Boolean> outOfMemory = new CompletableFuture<>();

  void ended(int code) {
    exitCode.complete(code);
  }

  void ranOutOfMemory() {
    outOfMemory.complete(true);
  }

  void lost(EngineLostException why) {
    exitCode.completeExceptionally(why);
  }

  boolean ended() {
    return exitCode.isDone();
  }

  /**
   * Wait for the end and return the exit code.
   *
   * @throws EngineLostException if the engine went first
   */
  int await() {
    try {
      return exitCode.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof EngineLostException lost) {
        throw new EngineLostException(String.valueOf(lost.getMessage()));
      }
      throw e;
    }
  }

  /** Wait for the end; false if it has not come within this time. */
  boolean endedWithin(Duration time) {
    return doneWithin(exitCode, time);
  }

  /** Return whether it ran out of memory, which may be told a moment after the end. */
  boolean outOfMemoryWithin(Duration time) {
    return doneWithin(outOfMemory, time);
  }

  private static boolean doneWithin(CompletableFuture<?> future, Duration time) {
    try {
      future.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
