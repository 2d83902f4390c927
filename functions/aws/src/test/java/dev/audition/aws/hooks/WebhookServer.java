package dev.audition.aws.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A receiver of webhooks that keeps what it got and answers as it is told. */
public final class WebhookServer implements AutoCloseable {
  /** One request as it came, and when. */
  public record Received(Instant at, String path, Map<String, List<String>> headers, String body) {
    /** Return a header; empty if there is none. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  /** An answer: a status, and where it says to look instead. */
  public record Reply(int status, String body, @Nullable String location) {
    /** It is taken. */
    public static final Reply OK = new Reply(204, "", null);
  }

  private final HttpServer server;
  private final List<Received> received = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();

  private WebhookServer(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Start one for https. */
  public static WebhookServer secure(TestTls tls) throws IOException {
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls.server()));
    return new WebhookServer(server);
  }

  static WebhookServer plain() throws IOException {
    return new WebhookServer(HttpServer.create(address(), 0));
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Answer the next requests so; then all is taken. */
  public synchronized WebhookServer replies(Reply... next) {
    replies.addAll(List.of(next));
    return this;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(
          new Received(
              Instant.now(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      Reply reply = Objects.requireNonNullElse(replies.pollFirst(), Reply.OK);
      if (reply.location() != null) {
        exchange.getResponseHeaders().set("Location", reply.location());
      }
      byte[] body = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** Return where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Return what came so far. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
