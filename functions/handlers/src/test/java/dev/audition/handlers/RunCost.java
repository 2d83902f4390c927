package dev.audition.handlers;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.dynamo.CapacityCount;
import dev.audition.handlers.wire.EventSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Counts what functions ask of AWS, and how often and how long they are at work. */
final class RunCost implements AccountFunctions.Watch, ExecutionInterceptor {
  private static final Pattern MESSAGE = Pattern.compile("\"messageId\"");

  /** The calls of one function. */
  static final class Work {
    private int invocations;
    private int messages;
    private Duration time = Duration.ZERO;

    int invocations() {
      return invocations;
    }

    int messages() {
      return messages;
    }

    Duration time() {
      return time;
    }
  }

  private final SortedMap<String, Work> functions = new TreeMap<>();
  private final SortedMap<String, Integer> calls = new TreeMap<>();
  private final CapacityCount capacity = new CapacityCount();

  @Override
  public EventSource.Function called(String name, EventSource.Function function) {
    return (event, answer) -> {
      byte[] bytes = event.readAllBytes();
      long start = System.nanoTime();
      try {
        function.handle(new ByteArrayInputStream(bytes), answer);
      } finally {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        add(name, new String(bytes, StandardCharsets.UTF_8), took);
      }
    };
  }

  private synchronized void add(String name, String event, Duration took) {
    Work work = functions.computeIfAbsent(name, _ -> new Work());
    work.invocations++;
    work.messages += (int) MESSAGE.matcher(event).results().count();
    work.time = work.time.plus(took);
  }

  @Override
  public AwsAccess asked(AwsAccess access) {
    return access.watchedBy(this).watchedBy(capacity);
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    String service =
        String.valueOf(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
            .toLowerCase(Locale.ROOT);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    calls.merge(service + " " + operation, 1, Integer::sum);
  }

  /** Return what each function did. */
  synchronized SortedMap<String, Work> functions() {
    return new TreeMap<>(functions);
  }

  /** Return how often each operation was asked for, such as {@code sqs SendMessage}. */
  synchronized Map<String, Integer> calls() {
    return new TreeMap<>(calls);
  }

  CapacityCount capacity() {
    return capacity;
  }
}
