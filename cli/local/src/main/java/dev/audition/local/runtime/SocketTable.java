package dev.audition.local.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The listening TCP sockets of a network namespace, from the kernel's own table (proc(5), {@code
 * /proc/net/tcp} and {@code tcp6}).
 *
 * @param anywhere ports listened on at any address
 * @param outside those of them that are not at a loopback address
 */
record SocketTable(Set<Integer> anywhere, Set<Integer> outside) {
  private static final String LISTEN = "0A";
  private static final String LOOPBACK_6 = "00000000000000000000000001000000";

  SocketTable {
    anywhere = Set.copyOf(anywhere);
    outside = Set.copyOf(outside);
  }

  /** Read the text of one or both tables; lines that are none of a socket are passed over. */
  static SocketTable parse(String text) {
    Set<Integer> anywhere = new HashSet<>();
    Set<Integer> outside = new HashSet<>();
    for (String line : text.split("\n")) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length < 4 || !fields[3].equals(LISTEN) || fields[1].indexOf(':') < 0) {
        continue;
      }
      String address = fields[1].substring(0, fields[1].indexOf(':'));
      int port = Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16);
      anywhere.add(port);
      if (!loopback(address)) {
        outside.add(port);
      }
    }
    return new SocketTable(anywhere, outside);
  }

  /** Read the tables of a process on this machine; empty if they cannot be read. */
  static SocketTable ofProcess(long processId) {
    Path net = Path.of("/proc", Long.toString(processId), "net");
    return parse(read(net.resolve("tcp")) + "\n" + read(net.resolve("tcp6")));
  }

  /** The kernel writes each 32 bits in the machine's own order, so 127 stands at an end. */
  private static boolean loopback(String address) {
    return switch (address.length()) {
      case 8 -> address.endsWith("7F") || address.startsWith("7F");
      default ->
          address.equals(LOOPBACK_6)
              || (address.startsWith("0000000000000000FFFF0000") && address.endsWith("7F"));
    };
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      return "";
    }
  }
}
