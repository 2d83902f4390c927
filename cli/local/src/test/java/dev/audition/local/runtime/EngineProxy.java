package dev.audition.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and the engine, and can cut them off. */
final class EngineProxy implements AutoCloseable {
  private final Path socket;
  private final Path engine;
  private final ServerSocketChannel server;
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;

  EngineProxy(Path socket, Path engine) {
    this.socket = socket;
    this.engine = engine;
    try {
      this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  URI host() {
    return URI.create("unix://" + socket);
  }

  /** Break all connections; new ones work. */
  void cut() {
    channels.forEach(EngineProxy::closeQuietly);
  }

  /** Break all connections, and every new one. */
  void refuse() {
    refusing = true;
    cut();
  }

  @Override
  public void close() {
    refuse();
    closeQuietly(server);
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        if (refusing) {
          client.close();
          continue;
        }
        SocketChannel upstream = SocketChannel.open(UnixDomainSocketAddress.of(engine));
        channels.add(client);
        channels.add(upstream);
        Thread.ofVirtual().start(() -> pipe(client, upstream));
        Thread.ofVirtual().start(() -> pipe(upstream, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pipe(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was to be broken anyhow.
    }
  }
}
