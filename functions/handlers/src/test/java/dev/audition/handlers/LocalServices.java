package dev.audition.handlers;

import com.sun.net.httpserver.HttpServer;
import dev.audition.aws.sqs.Queue;
import dev.audition.aws.sqs.ReceivedMessage;
import dev.audition.aws.testkit.LocalAccess;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.aws.testkit.LocalQueues;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The services that functions ask, on this machine; ECS knows of no task. */
final class LocalServices implements AutoCloseable {
  private static final Path EVENTS =
      Path.of(System.getProperty("audition.project", "../.."), "events");

  private final HttpServer ecs;
  private final Map<String, String> environment;

  LocalServices() throws IOException {
    ecs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ecs.createContext(
        "/",
        exchange -> {
          byte[] none = "{\"taskArns\":[],\"tasks\":[]}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(200, none.length);
          exchange.getResponseBody().write(none);
          exchange.close();
        });
    ecs.start();
    environment = made();
  }

  private Map<String, String> made() {
    Map<String, String> all = new LinkedHashMap<>(FunctionSettingsTest.environment());
    LocalQueues.Pair requests = LocalQueues.pair(LocalQueues.access(), "run-requests", 5);
    LocalQueues.Pair events = LocalQueues.pair(LocalQueues.access(), "task-events", 5);
    all.put("AWS_REGION", LocalAccess.REGION);
    all.put("AWS_ACCESS_KEY_ID", LocalAccess.ACCESS_KEY_ID);
    all.put("AWS_SECRET_ACCESS_KEY", LocalAccess.SECRET_ACCESS_KEY);
    all.put("AUDITION_TABLE", LocalDynamo.table());
    all.put("AUDITION_BUCKET", LocalBuckets.shared().bucket());
    all.put("AUDITION_RUN_REQUESTS_URL", requests.url());
    all.put("AUDITION_RUN_REQUESTS_DEAD_URL", requests.deadLetterUrl());
    all.put("AUDITION_TASK_EVENTS_URL", events.url());
    all.put("AUDITION_TASK_EVENTS_DEAD_URL", events.deadLetterUrl());
    all.put("AWS_ENDPOINT_URL_DYNAMODB", LocalDynamo.endpoint().toString());
    all.put("AWS_ENDPOINT_URL_SQS", LocalQueues.endpoint().toString());
    all.put("AWS_ENDPOINT_URL_S3", LocalBuckets.shared().endpoint().toString());
    all.put("AWS_ENDPOINT_URL_ECS", "http://127.0.0.1:" + ecs.getAddress().getPort());
    return all;
  }

  /** Return the environment of a function. */
  Map<String, String> environment() {
    return environment;
  }

  /** Return the queue of a variable's URL. */
  Queue queue(String variable) {
    return new Queue(LocalQueues.access(), Objects.requireNonNull(environment.get(variable)));
  }

  /** Return a batch with the end of a task of a run that is not stored, in this cluster. */
  String taskEvent() throws IOException {
    String event = Files.readString(EVENTS.resolve("task-state-change-stopped.json"));
    return batch(
        event.replaceAll(
            "\"clusterArn\"\\s*:\\s*\"[^\"]*\"",
            "\"clusterArn\":\"" + environment.get("AUDITION_CLUSTER") + "\""),
        "none");
  }

  /**
   * Return a batch with a message that nobody can read, received from its queue just now.
   *
   * @param variable of the queue's URL
   */
  String unreadable(String variable) {
    Queue queue = queue(variable);
    queue.send("no request");
    ReceivedMessage message = queue.receive(1, Duration.ofSeconds(5)).getFirst();
    return batch(message.body(), message.receiptHandle());
  }

  /** Return a batch of one message. */
  static String batch(String body, String receipt) {
    return JsonWriter.write(
        Tree.mapping()
            .putList(
                "Records",
                List.of(
                    Tree.mapping()
                        .putText("messageId", "m-1")
                        .putText("receiptHandle", receipt)
                        .putText("body", body)
                        .putText("eventSource", "aws:sqs")
                        .put("attributes", Tree.mapping().build())
                        .build()))
            .build());
  }

  @Override
  public void close() {
    ecs.stop(0);
  }
}
