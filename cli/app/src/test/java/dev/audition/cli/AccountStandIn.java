package dev.audition.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.audition.aws.AwsAccess;
import dev.audition.aws.testkit.LocalAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudFormation, STS, ECS and the search of CloudWatch Logs, as far as commands ask them; each can
 * be made to refuse.
 */
final class AccountStandIn implements AutoCloseable {
  /** The only stack there is. */
  static final String STACK = "ci";

  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
  private static final Pattern START = Pattern.compile("\"startTime\":(\\d+)");
  private static final Pattern NAME = Pattern.compile("(?:^|&)StackName=([^&]*)");

  final Map<String, String> outputs = new LinkedHashMap<>();
  final AtomicLong lastSweep = new AtomicLong(System.currentTimeMillis());
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final HttpServer server;

  private record Refusal(int status, String code, String message) {}

  AccountStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  AwsAccess access() {
    return LocalAccess.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  /** Refuse an action from now on. */
  void refuse(String action, int status, String code, String message) {
    refusals.put(action, new Refusal(status, code, message));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    boolean json = target != null;
    String action = json ? target.substring(target.indexOf('.') + 1) : found(ACTION, body);
    Refusal refusal = refusals.get(action);
    if (refusal == null && action.equals("DescribeStacks") && !found(NAME, body).equals(STACK)) {
      refusal =
          new Refusal(
              400,
              "ValidationError",
              "Stack with id %s does not exist".formatted(found(NAME, body)));
    }
    String text = refusal == null ? answer(action, body) : said(refusal, json);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", json ? "application/x-amz-json-1.1" : "text/xml");
    exchange.sendResponseHeaders(refusal == null ? 200 : refusal.status(), bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static String found(Pattern pattern, String body) {
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String said(Refusal refusal, boolean json) {
    return json
        ? "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(refusal.code(), refusal.message())
        : """
        <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
        <RequestId>b1</RequestId></ErrorResponse>\
        """
            .formatted(refusal.code(), refusal.message());
  }

  private String answer(String action, String body) {
    return switch (action) {
      case "DescribeStacks" -> stacks();
      case "GetCallerIdentity" ->
          """
          <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ann</Arn>
          <UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult>
          </GetCallerIdentityResponse>\
          """;
      case "DescribeClusters" ->
          """
          {"clusters":[{"clusterName":"ci","status":"ACTIVE","runningTasksCount":2,
          "pendingTasksCount":1,"capacityProviders":["FARGATE","FARGATE_SPOT"]}]}\
          """;
      case "FilterLogEvents" ->
          lastSweep.get() < Long.parseLong(found(START, body))
              ? "{\"events\":[]}"
              : "{\"events\":[{\"timestamp\":%d,\"message\":\"REPORT\"}]}"
                  .formatted(lastSweep.get());
      default -> throw new IllegalArgumentException("action: " + action);
    };
  }

  private String stacks() {
    StringBuilder members = new StringBuilder();
    outputs.forEach(
        (name, value) ->
            members.append(
                "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                    .formatted(name, value)));
    return """
    <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
    <DescribeStacksResult><Stacks><member><StackName>ci</StackName>
    <CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>
    <Outputs>%s</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>\
    """
        .formatted(members);
  }
}
