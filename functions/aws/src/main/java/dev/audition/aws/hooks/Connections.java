package dev.audition.aws.hooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Finds addresses and connects to them, one apart from the other so that one can be checked. */
public interface Connections {
  /** The system's own. */
  Connections SYSTEM = new SystemConnections();

  /** Find the addresses of a host. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** Connect to an address, to no other, and through no proxy. */
  Socket connect(InetAddress address, int port, Duration limit) throws IOException;

  /** What the system offers. */
  final class SystemConnections implements Connections {
    private SystemConnections() {}

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
      return List.of(InetAddress.getAllByName(host));
    }

    @Override
    public Socket connect(InetAddress address, int port, Duration limit) throws IOException {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(address, port), (int) limit.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }
  }
}
