package dev.audition.local.runtime;

import dev.audition.local.runtime.PauseContainer.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out whether a port of a task accepts connections. Where the engine runs on this machine it
 * connects to the task's address, and looks into the kernel's table for those that listen at
 * 127.0.0.1 only; elsewhere it reads the same table inside of the container.
 */
final class PortDialler {
  private static final Duration CONNECT = Duration.ofMillis(100);
  private static final Duration READ_TABLE = Duration.ofSeconds(2);
  private static final List<String> TABLES =
      List.of("cat", "/proc/self/net/tcp", "/proc/self/net/tcp6");

  private final Supplier<Place> place;

  /**
   * Make one.
   *
   * @param place asked at the first use, when the pause container runs
   */
  PortDialler(Supplier<Place> place) {
    this.place = place;
  }

  /** Return whether one of the ports accepts connections from the containers of the task. */
  boolean accepts(List<Integer> ports, ContainerExec container) {
    Place at = place.get();
    if (!here(at)) {
      return any(ports, tables(container).anywhere());
    }
    return connects(at, ports) || any(ports, SocketTable.ofProcess(at.processId()).anywhere());
  }

  /**
   * Return whether it can be told at once, and without a connection, that nothing listens on any of
   * the ports.
   */
  boolean surelyClosed(List<Integer> ports) {
    Place at = place.get();
    return here(at) && !any(ports, SocketTable.ofProcess(at.processId()).anywhere());
  }

  /**
   * Return whether one of the ports accepts connections at another address than 127.0.0.1. A server
   * that is still being set up often listens there first.
   */
  boolean acceptsFromOutside(List<Integer> ports, ContainerExec container) {
    Place at = place.get();
    return here(at) ? connects(at, ports) : any(ports, tables(container).outside());
  }

  /** The process of that number here is ours only if it bears our program's name. */
  private static boolean here(Place at) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(at.processId()), "comm"))
          .strip()
          .equals(PauseImage.PROGRAM);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean connects(Place at, List<Integer> ports) {
    return !at.address().isEmpty() && ports.stream().anyMatch(port -> connects(at.address(), port));
  }

  private static boolean connects(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), (int) CONNECT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static SocketTable tables(ContainerExec container) {
    return SocketTable.parse(container.run(TABLES, READ_TABLE).output());
  }

  private static boolean any(List<Integer> ports, Set<Integer> listening) {
    return ports.stream().anyMatch(listening::contains);
  }
}
