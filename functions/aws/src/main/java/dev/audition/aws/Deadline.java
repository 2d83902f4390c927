package dev.audition.aws;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A moment by which an exchange must be over, whatever the other side does. */
public record Deadline(long endNanos) {
  /** Return the one that a time from now makes. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Return the one that a time from now makes, or this one if it is sooner. */
  public Deadline orIn(Duration time) {
    Deadline other = in(time);
    return endNanos - other.endNanos <= 0 ? this : other;
  }

  /** Return the time that is left; at least a millisecond, as sockets take zero for no limit. */
  public Duration left() {
    return Duration.ofNanos(Math.max(endNanos - System.nanoTime(), 1_000_000));
  }

  /** Return whether it is over. */
  public boolean passed() {
    return System.nanoTime() - endNanos >= 0;
  }

  /**
   * Ask in a thread of its own, and wait for the answer until the deadline. Who has not answered by
   * then is interrupted and left behind, since not everything heeds that: a look-up of a name does
   * not.
   *
   * @throws TimeoutException if no answer came in time
   * @throws ExecutionException with what was thrown instead of an answer
   */
  public <T> T answer(Callable<T> question)
      throws TimeoutException, ExecutionException, InterruptedException {
    FutureTask<T> asked = new FutureTask<>(question);
    Thread _ = Thread.ofVirtual().start(asked);
    try {
      return asked.get(left().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      boolean _ = asked.cancel(true);
    }
  }

  /** Stops waiting for the deadline. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Close a socket at the deadline. A limit on each read would not do: whoever sends a byte now and
   * then would hold us for as long as they like.
   */
  public Watch closes(Socket socket) {
    Thread watch = Thread.ofVirtual().start(() -> waitAndClose(socket));
    return watch::interrupt;
  }

  private void waitAndClose(Socket socket) {
    try {
      Thread.sleep(left());
      socket.close();
    } catch (InterruptedException _) {
      return; // it was over in time
    } catch (IOException _) {
      return; // closed is what it should be
    }
  }
}
