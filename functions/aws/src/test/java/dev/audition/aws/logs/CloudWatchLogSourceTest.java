package dev.audition.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.core.task.TaskArn;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in that pages as CloudWatch Logs does: three lines at a time. */
class CloudWatchLogSourceTest {
  private static final int PAGE = 3;

  private final List<String> lines = new ArrayList<>();
  private final List<Mapping> asked = new ArrayList<>();
  private HttpServer server;
  private CloudWatchLogSource source;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    AwsAccess access =
        AwsAccess.withKeys("eu-central-1", "test", "test")
            .at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    source =
        new CloudWatchLogSource(
            access,
            "/audition/shop",
            "run",
            startedBy ->
                startedBy.equals("r/1/1/1")
                    ? Optional.of(new TaskArn("arn:aws:ecs:x:1:task/shop/6f0c1d3f"))
                    : Optional.empty());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    Mapping request =
        (Mapping)
            JsonReader.read(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), "r");
    asked.add(request);
    String body =
        status != 200
            ? "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}"
            : lines.isEmpty()
                ? "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no stream\"}"
                : page(request);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(lines.isEmpty() || status != 200 ? 400 : 200, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** A token is a place between two lines, and which way it reads. */
  private String page(Mapping request) {
    boolean head = text(request, "startFromHead").equals("true");
    String token = text(request, "nextToken");
    String limit = text(request, "limit");
    int most = Math.min(PAGE, limit.isEmpty() ? PAGE : Integer.parseInt(limit));
    int at = token.isEmpty() ? (head ? 0 : lines.size()) : Integer.parseInt(token.substring(2));
    boolean forward = token.isEmpty() ? head : token.startsWith("f/");
    int from = forward ? at : Math.max(0, at - most);
    int to = forward ? Math.min(lines.size(), at + most) : at;
    StringBuilder events = new StringBuilder();
    for (int i = from; i < to; i++) {
      events.append(i == from ? "" : ",");
      events.append("{\"timestamp\":%d,\"message\":\"%s\"}".formatted(1000 + i, lines.get(i)));
    }
    return "{\"events\":[%s],\"nextForwardToken\":\"f/%d\",\"nextBackwardToken\":\"b/%d\"}"
        .formatted(events, to, from);
  }

  private static String text(Mapping request, String field) {
    return request.find(field).orElse(null) instanceof Scalar scalar ? scalar.text() : "";
  }

  @Test
  void tailsAcrossPages() {
    lines.addAll(List.of("1", "2", "3", "4", "5", "6", "7"));

    assertThat(source.tail("r/1/1/1", "test", 5)).containsExactly("3", "4", "5", "6", "7");
    assertThat(source.tail("r/1/1/1", "test", 100)).hasSize(7);
    assertThat(text(asked.getFirst(), "logStreamName")).isEqualTo("run/test/6f0c1d3f");
    assertThat(text(asked.getFirst(), "logGroupName")).isEqualTo("/audition/shop");
  }

  @Test
  void hasNothingOfWhatNeverSpoke() {
    assertThat(source.tail("r/1/1/1", "test", 5)).isEmpty();
    assertThat(source.tail("r/9/9/9", "test", 5)).isEmpty();
    assertThat(source.follow("r/9/9/9", "test")).isEmpty();
  }

  @Test
  void followsWhatComes() {
    LogFollower follower = source.follow("r/1/1/1", "test").orElseThrow();
    assertThat(follower.next()).isEmpty();
    assertThat(follower.caughtUp()).isTrue();

    lines.addAll(List.of("1", "2", "3", "4"));
    List<String> seen = new ArrayList<>();
    do {
      follower.next().forEach(line -> seen.add(line.text()));
    } while (!follower.caughtUp());
    assertThat(seen).containsExactly("1", "2", "3", "4");

    lines.add("5");
    assertThat(follower.next())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.text()).isEqualTo("5");
              assertThat(line.time().toEpochMilli()).isEqualTo(1004);
            });
    assertThat(follower.next()).isEmpty();
    assertThat(follower.caughtUp()).isTrue();
  }

  @Test
  void saysThatTheServiceDidNotAnswer() {
    lines.add("1");
    status = 400;

    assertThatThrownBy(() -> source.tail("r/1/1/1", "test", 5))
        .isInstanceOfSatisfying(CloudException.class, e -> assertThat(e.retryable()).isTrue())
        .hasMessageContaining("run/test/6f0c1d3f");
  }
}
