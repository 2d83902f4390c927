package dev.audition.handlers.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The services of an account that functions ask one thing of, at one address: Secrets Manager, SNS,
 * EventBridge, and ECR for its token.
 */
public final class OtherServices implements AutoCloseable {
  private static final Pattern MESSAGE = Pattern.compile("(?:^|&)Message=([^&]*)");

  private final HttpServer server;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();

  OtherServices() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Keep a secret. */
  public void secret(String name, String value) {
    secrets.put(name, value);
  }

  /** Return what was published to topics, in order. */
  public List<String> published() {
    return List.copyOf(published);
  }

  /** Return the details of what was put on buses, in order. */
  public List<String> events() {
    return List.copyOf(events);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String target =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
      switch (target.replaceFirst("^.*\\.", "")) {
        case "GetSecretValue" -> secret(exchange, Fields.parse(body).text("SecretId"));
        case "PutEvents" -> put(exchange, Fields.parse(body));
        case "GetAuthorizationToken" -> token(exchange);
        default -> publish(exchange, body);
      }
    }
  }

  private void secret(HttpExchange exchange, String name) throws IOException {
    String value = secrets.get(name);
    Tree.MappingBuilder answer = Tree.mapping();
    if (value == null) {
      answer.putText("__type", "ResourceNotFoundException").putText("message", name);
    } else {
      answer.putText("Name", name).putText("SecretString", value);
    }
    send(exchange, value == null ? 400 : 200, answer.build());
  }

  private void put(HttpExchange exchange, Fields request) throws IOException {
    List<Fields> entries = request.list("Entries");
    entries.forEach(entry -> events.add(entry.text("Detail")));
    List<TreeNode> ids =
        entries.stream()
            .<TreeNode>map(_ -> Tree.mapping().putText("EventId", "e").build())
            .toList();
    send(
        exchange,
        200,
        Tree.mapping().putNumber("FailedEntryCount", 0).putList("Entries", ids).build());
  }

  private static void token(HttpExchange exchange) throws IOException {
    TreeNode token =
        Tree.mapping()
            .putText("authorizationToken", "dXNlcjpwYXNzd29yZA==")
            .putNumber("expiresAt", 4_000_000_000L)
            .build();
    send(exchange, 200, Tree.mapping().putList("authorizationData", List.of(token)).build());
  }

  private void publish(HttpExchange exchange, String form) throws IOException {
    Matcher message = MESSAGE.matcher(form);
    if (!form.contains("Action=Publish") || !message.find()) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    published.add(URLDecoder.decode(message.group(1), UTF_8));
    send(
        exchange,
        200,
        "text/xml",
        """
        <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
          <PublishResult><MessageId>m-1</MessageId></PublishResult>
        </PublishResponse>
        """);
  }

  private static void send(HttpExchange exchange, int status, TreeNode json) throws IOException {
    send(exchange, status, "application/x-amz-json-1.1", JsonWriter.write(json));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
