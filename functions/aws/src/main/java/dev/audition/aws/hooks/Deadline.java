package dev.audition.aws.hooks;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** A moment by which an exchange must be over, whatever the other side does. */
record Deadline(long endNanos) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Return the time that is left; at least a millisecond, as sockets take zero for no limit. */
  Duration left() {
    return Duration.ofNanos(Math.max(endNanos - System.nanoTime(), 1_000_000));
  }

  boolean passed() {
    return System.nanoTime() - endNanos >= 0;
  }

  /** Stops waiting for the deadline. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Close a socket at the deadline. A limit on each read would not do: whoever sends a byte now and
   * then would hold us for as long as they like.
   */
  Watch closes(Socket socket) {
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
