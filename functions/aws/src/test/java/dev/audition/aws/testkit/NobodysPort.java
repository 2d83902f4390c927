package dev.audition.aws.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A port where connections are refused: bound, so that nobody else gets it, and not listened to.
 */
public final class NobodysPort implements AutoCloseable {
  private final Socket bound = new Socket();

  /** Take one. */
  public NobodysPort() throws IOException {
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Return an address there. */
  public URI address() {
    return Ports.address("127.0.0.1", bound.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    bound.close();
  }
}
