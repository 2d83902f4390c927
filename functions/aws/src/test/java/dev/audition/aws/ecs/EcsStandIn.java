package dev.audition.aws.ecs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.audition.aws.AwsAccess;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Speaks the JSON of the ECS API, with the answers a test gives it, and keeps what was asked. */
final class EcsStandIn implements AutoCloseable {
  /** What was asked. */
  record Asked(String action, String body) {
    Mapping json() {
      return (Mapping) JsonReader.read(body, action);
    }
  }

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Asked> asked = new ArrayList<>();

  EcsStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Give an answer to the next call of an action; the last one given stays for all further. */
  EcsStandIn answers(String action, String body) {
    return answers(action, 200, body);
  }

  /** Refuse the next call of an action. */
  EcsStandIn refuses(String action, int status, String type, String message) {
    return answers(
        action, status, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
  }

  synchronized EcsStandIn answers(String action, int status, String body) {
    answers.computeIfAbsent(action, _ -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  /** Return what was asked of an action, in order. */
  synchronized List<Asked> asked(String action) {
    return asked.stream().filter(one -> one.action().equals(action)).toList();
  }

  /** Return the actions that were asked for, in order. */
  synchronized List<String> actions() {
    return asked.stream().map(Asked::action).toList();
  }

  AwsAccess access() {
    return AwsAccess.withKeys("eu-central-1", "test", "test")
        .at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String action = target.substring(target.indexOf('.') + 1);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer = next(action, body);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private synchronized Answer next(String action, String body) {
    asked.add(new Asked(action, body));
    Deque<Answer> queue = answers.get(action);
    if (queue == null) {
      return new Answer(
          400, "{\"__type\":\"ClientException\",\"message\":\"no answer for " + action + "\"}");
    }
    return queue.size() == 1 ? queue.getFirst() : queue.removeFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
