package dev.audition.handlers.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import dev.audition.handlers.wire.Faults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that speaks the JSON 1.1 protocol; signatures are not looked at. */
final class WireServer implements AutoCloseable {
  /** Does what a call asks for, or throws {@link EcsError}. */
  @FunctionalInterface
  interface Api {
    TreeNode call(String operation, Fields request, Optional<Fault> fault);
  }

  private static final String PREFIX = "AmazonEC2ContainerServiceV20141113.";

  private final Api api;
  private final Faults faults;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> requests = new TreeMap<>();

  WireServer(Api api, Faults faults) {
    this.api = api;
    this.faults = faults;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port on loopback", e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Map<String, Integer> requests() {
    synchronized (requests) {
      return Map.copyOf(requests);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String target =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
      String operation = target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : "";
      count(operation);
      Optional<Fault> fault = faults.take(operation);
      if (fault.filter(Fault.Dropped.class::isInstance).isPresent()) {
        return;
      }
      try {
        TreeNode answer = answer(operation, body, fault);
        if (fault.filter(Fault.NotAnswered.class::isInstance).isEmpty()) {
          respond(exchange, 200, answer);
        }
      } catch (EcsError e) {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", e.type());
        respond(exchange, e.status(), e.body());
      }
    }
  }

  private TreeNode answer(String operation, String body, Optional<Fault> fault) {
    fault.ifPresent(
        what -> {
          switch (what) {
            case Fault.Throttled _ -> throw EcsError.of("ThrottlingException", "Rate exceeded");
            case Fault.ServerError _ -> throw EcsError.server(500, "ServerException");
            case Fault.Refused refused -> throw EcsError.of(refused.type(), refused.message());
            case Fault.Dropped _, Fault.NotAnswered _, Fault.Failure _, Fault.NotSeenYet _ -> {}
          }
        });
    return api.call(operation, Fields.parse(body.isEmpty() ? "{}" : body), fault);
  }

  private void count(String operation) {
    synchronized (requests) {
      requests.merge(operation, 1, Integer::sum);
    }
  }

  private static void respond(HttpExchange exchange, int status, TreeNode json) throws IOException {
    byte[] body = JsonWriter.write(json).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
