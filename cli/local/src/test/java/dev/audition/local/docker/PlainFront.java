package dev.audition.local.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port that hangs up on TLS and hands everything else to an HTTP server. Engines try TLS first,
 * and the JDK's server would wait for the rest of that handshake.
 */
final class PlainFront implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket listening;
  private final InetSocketAddress server;

  PlainFront(InetSocketAddress server) {
    this.server = server;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket caller = listening.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      int first = caller.getInputStream().read();
      if (first < 0 || first == TLS_HANDSHAKE) {
        return;
      }
      try (Socket behind = new Socket(server.getAddress(), server.getPort())) {
        behind.getOutputStream().write(first);
        Thread back = Thread.ofVirtual().start(() -> copy(behind, caller));
        copy(caller, behind);
        back.join();
      }
    } catch (IOException e) {
      // One side hung up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // One side hung up.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
