package dev.audition.handlers.wire;

import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Plays Lambda's event source mapping: hands batches of messages to a function and deletes those it
 * does not report as failed. A batch whose function dies comes back, all of it.
 */
public final class EventSource implements AutoCloseable {
  /** A function's entry point. */
  @FunctionalInterface
  public interface Function {
    /** Take one event. */
    void handle(InputStream event, OutputStream answer) throws IOException;
  }

  private static final int BATCH = 10;
  private static final int WAIT_SECONDS = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SqsClient sqs;
  private final String queueUrl;
  private final Function function;
  private final List<Thread> pollers = new ArrayList<>();
  private final AtomicInteger invocations = new AtomicInteger();
  private final AtomicInteger deaths = new AtomicInteger();
  private volatile boolean closed;

  /** Begin to poll. */
  public EventSource(SqsClient sqs, String queueUrl, int concurrency, Function function) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.function = function;
    for (int i = 0; i < concurrency; i++) {
      pollers.add(Thread.ofVirtual().name("poller " + queueUrl + " " + i).start(this::poll));
    }
  }

  /** Return how often the function was called. */
  public int invocations() {
    return invocations.get();
  }

  /** Return how often the function died. */
  public int deaths() {
    return deaths.get();
  }

  private void poll() {
    while (!closed) {
      try {
        List<Message> batch =
            sqs.receiveMessage(
                    request ->
                        request
                            .queueUrl(queueUrl)
                            .maxNumberOfMessages(BATCH)
                            .waitTimeSeconds(WAIT_SECONDS)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
        if (!batch.isEmpty()) {
          deliver(batch);
        }
      } catch (SdkException e) {
        if (!closed) {
          throw e;
        }
      }
    }
  }

  private void deliver(List<Message> batch) {
    invocations.incrementAndGet();
    Set<String> failed;
    try {
      failed = invoke(batch);
    } catch (IOException | RuntimeException | Error e) {
      deaths.incrementAndGet();
      return;
    }
    for (Message message : batch) {
      if (!failed.contains(message.messageId())) {
        delete(message);
      }
    }
  }

  private void delete(Message message) {
    try {
      sqs.deleteMessage(
          request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    } catch (SqsException e) {
      // Its visibility has ended, and somebody else has it: it comes twice.
    }
  }

  private Set<String> invoke(List<Message> batch) throws IOException {
    TreeNode event =
        Tree.mapping().putList("Records", batch.stream().map(this::record).toList()).build();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handle(
        new ByteArrayInputStream(JsonWriter.write(event).getBytes(StandardCharsets.UTF_8)), answer);
    String text = answer.toString(StandardCharsets.UTF_8);
    Set<String> failed = new HashSet<>();
    if (!text.isBlank()) {
      Fields.parse(text)
          .list("batchItemFailures")
          .forEach(item -> failed.add(item.text("itemIdentifier")));
    }
    return failed;
  }

  private TreeNode record(Message message) {
    Tree.MappingBuilder attributes = Tree.mapping();
    message.attributes().forEach((name, value) -> attributes.putText(name.toString(), value));
    return Tree.mapping()
        .putText("messageId", message.messageId())
        .putText("receiptHandle", message.receiptHandle())
        .putText("body", message.body())
        .put("attributes", attributes.build())
        .put("messageAttributes", Tree.mapping().build())
        .putText("md5OfBody", message.md5OfBody())
        .putText("eventSource", "aws:sqs")
        .putText("eventSourceARN", "arn:aws:sqs:eu-central-1:123456789012:" + Arns.id(queueUrl))
        .putText("awsRegion", "eu-central-1")
        .build();
  }

  /** Poll no more; returns when no call is under way. */
  @Override
  public void close() {
    closed = true;
    for (Thread poller : pollers) {
      try {
        poller.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
