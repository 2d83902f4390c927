package dev.audition.core.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.audition.core.run.port.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory. The addresses it gives are served by an HTTP server on the loopback interface,
 * started with the first of them.
 */
public final class InMemoryBlobStore implements BlobStore {
  private record Grant(String method, String key, long until) {}

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private @Nullable HttpServer server;

  @Override
  public void put(String key, byte[] content) {
    files.put(key, content.clone());
  }

  @Override
  public Optional<byte[]> get(String key, long mostBytes) {
    byte[] content = files.get(key);
    if (content != null && content.length > mostBytes) {
      throw new IllegalArgumentException(
          "%s: %,d bytes (expected: at most %,d)".formatted(key, content.length, mostBytes));
    }
    return Optional.ofNullable(content).map(byte[]::clone);
  }

  @Override
  public URI presignedGet(String key, Duration validity) {
    return address("GET", key, validity);
  }

  @Override
  public URI presignedPut(String key, Duration validity) {
    return address("PUT", key, validity);
  }

  private URI address(String method, String key, Duration validity) {
    String signature = UUID.randomUUID().toString();
    grants.put(signature, new Grant(method, key, System.nanoTime() + validity.toNanos()));
    InetSocketAddress at = serving().getAddress();
    String path = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(
        "http://%s:%d/%s?signature=%s"
            .formatted(at.getAddress().getHostAddress(), at.getPort(), path, signature));
  }

  private synchronized HttpServer serving() {
    if (server == null) {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.createContext("/", this::answer);
      server.start();
    }
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      URI asked = exchange.getRequestURI();
      Grant grant = grants.get(asked.getQuery().substring("signature=".length()));
      if (grant == null
          || !grant.method().equals(exchange.getRequestMethod())
          || !asked.getPath().equals("/" + grant.key())
          || System.nanoTime() - grant.until() > 0) {
        exchange.sendResponseHeaders(403, -1);
      } else if (grant.method().equals("PUT")) {
        files.put(grant.key(), sent);
        exchange.sendResponseHeaders(200, -1);
      } else {
        send(exchange, files.get(grant.key()));
      }
    }
  }

  private static void send(HttpExchange exchange, byte @Nullable [] content) throws IOException {
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }
}
