package dev.audition.aws.hooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names with the addresses a test gives them, and a network on which every address is this machine.
 */
public final class TestNetwork implements Connections {
  private final Map<String, Deque<List<InetAddress>>> names = new HashMap<>();
  private final List<InetAddress> connected = new ArrayList<>();
  private int lookUps;

  /** Let a name have some addresses at its next look-up; the last ones stay. */
  public TestNetwork with(String name, String... literals) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String literal : literals) {
      addresses.add(InetAddress.getByAddress(name, InetAddress.getByName(literal).getAddress()));
    }
    names.computeIfAbsent(name, _ -> new ArrayDeque<>()).add(addresses);
    return this;
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    lookUps++;
    Deque<List<InetAddress>> answers = names.get(host);
    if (answers == null) {
      throw new UnknownHostException(host);
    }
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  @Override
  public Socket connect(InetAddress address, int port, Duration limit) throws IOException {
    connected.add(address);
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) limit.toMillis());
    return socket;
  }

  int lookUps() {
    return lookUps;
  }

  /** Return the addresses that were connected to, as the sender knew them. */
  List<String> connected() {
    return connected.stream().map(InetAddress::getHostAddress).toList();
  }
}
