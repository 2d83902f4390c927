package dev.audition.aws.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that says what a test wants, whether that is HTTP or not. */
public final class RawServer implements AutoCloseable {
  /** Writes an answer; the connection is closed when it returns. */
  @FunctionalInterface
  public interface Answer {
    /** Write it. */
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Answer answer;

  /** Start one. */
  public RawServer(Answer answer) throws IOException {
    this.answer = answer;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread _ = Thread.ofVirtual().start(this::serve);
  }

  /** Say one thing. */
  public static RawServer saying(String text) throws IOException {
    return new RawServer(out -> out.write(text.getBytes(ISO_8859_1)));
  }

  /** Say the same over and over until the other side has had enough. */
  public static RawServer repeating(String first, String then, long pauseMillis)
      throws IOException {
    return new RawServer(
        out -> {
          out.write(first.getBytes(ISO_8859_1));
          while (true) {
            out.write(then.getBytes(ISO_8859_1));
            out.flush();
            if (pauseMillis > 0) { // a slow talker, not a test that waits
              boolean _ = new CountDownLatch(1).await(pauseMillis, TimeUnit.MILLISECONDS);
            }
          }
        });
  }

  /** Return the port of the loopback interface that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread _ = Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      byte[] ignored = new byte[8192];
      int _ = socket.getInputStream().read(ignored);
      answer.write(socket.getOutputStream());
    } catch (IOException _) {
      return; // the other side has had enough
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
