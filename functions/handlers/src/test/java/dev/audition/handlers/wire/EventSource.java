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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Plays Lambda's event source mapping: hands batches of messages to a function and deletes those it
 * does not report as failed. A batch whose function dies comes back, all of it; the next one goes
 * to a function that starts anew.
 */
public final class EventSource implements AutoCloseable {
  /** A function's entry point. */
  @FunctionalInterface
  public interface Function {
    /** Take one event. */
    void handle(InputStream event, OutputStream answer) throws IOException;
  }

  /**
   * How it is set.
   *
   * @param batchSize messages at once, at most
   * @param concurrency how many functions there are at one time
   */
  public record Settings(int batchSize, int concurrency) {}

  private static final int WAIT_SECONDS = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SqsClient sqs;
  private final String queueUrl;
  private final Settings settings;
  private final Supplier<Function> coldStart;
  private final List<Thread> pollers = new ArrayList<>();
  private final AtomicInteger invocations = new AtomicInteger();
  private final AtomicInteger deaths = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Begin to poll.
   *
   * @param coldStart starts a function; each handles one batch after the other until it dies
   */
  public EventSource(
      SqsClient sqs, String queueUrl, Settings settings, Supplier<Function> coldStart) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.settings = settings;
    this.coldStart = coldStart;
    for (int i = 0; i < settings.concurrency(); i++) {
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
    Optional<Function> warm = Optional.empty();
    while (!closed) {
      try {
        List<Message> batch =
            sqs.receiveMessage(
                    request ->
                        request
                            .queueUrl(queueUrl)
                            .maxNumberOfMessages(settings.batchSize())
                            .waitTimeSeconds(WAIT_SECONDS)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
        if (!batch.isEmpty()) {
          warm = deliver(batch, warm);
        }
      } catch (SdkException e) {
        if (!closed) {
          throw e;
        }
      }
    }
  }

  /** Return the function if it lives. */
  private Optional<Function> deliver(List<Message> batch, Optional<Function> warm) {
    invocations.incrementAndGet();
    Function function;
    Set<String> failed;
    try {
      function = warm.orElseGet(coldStart);
      failed = invoke(function, batch);
    } catch (IOException | RuntimeException | Error e) {
      deaths.incrementAndGet();
      return Optional.empty();
    }
    for (Message message : batch) {
      if (!failed.contains(message.messageId())) {
        delete(message);
      }
    }
    return Optional.of(function);
  }

  private void delete(Message message) {
    try {
      sqs.deleteMessage(
          request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    } catch (SqsException e) {
      // Its visibility has ended, and somebody else has it: it comes twice.
    }
  }

  private Set<String> invoke(Function function, List<Message> batch) throws IOException {
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
