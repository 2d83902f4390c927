package dev.audition.handlers.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Notes which SDK calls each handler makes while the tests run, as finely as permissions tell them
 * apart: by the parts of a transaction, the index of a query, the kind of a file, the queue. The
 * SDK finds it by the file {@code software/amazon/awssdk/global/handlers/execution.interceptors} on
 * the test class path, so that no wiring knows of it; the handler is the one on the calling
 * thread's stack.
 */
public final class SdkCallRecorder implements ExecutionInterceptor {
  /** Where the calls are noted: a file for each process of tests, since several note at once. */
  static final Path FOLDER = Path.of("target", "sdk-calls");

  private static final Path FILE = FOLDER.resolve(Long.toString(ProcessHandle.current().pid()));
  private static final Pattern HANDLER =
      Pattern.compile("dev\\.audition\\.handlers\\.([A-Za-z]+Handler)");
  private static final Set<String> SEEN = new HashSet<>();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    if (service != null && operation != null) {
      handler()
          .ifPresent(
              handler ->
                  calls(service, operation, context.request())
                      .forEach(call -> note(handler, call)));
    }
  }

  /** Name what a request asks for as {@code infra/permissions.yaml} does. */
  static SortedSet<String> calls(String service, String operation, SdkRequest request) {
    String call = service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") + ":" + operation;
    SortedSet<String> calls = new TreeSet<>();
    if (request instanceof TransactWriteItemsRequest transaction) {
      transaction.transactItems().forEach(item -> calls.add(call + "/" + part(item)));
    } else {
      calls.add(call + detail(request).map(detail -> "/" + detail).orElse(""));
    }
    return calls;
  }

  private static String part(TransactWriteItem item) {
    if (item.put() != null) {
      return "Put";
    }
    if (item.update() != null) {
      return "Update";
    }
    return item.delete() != null ? "Delete" : "ConditionCheck";
  }

  private static Optional<String> detail(SdkRequest request) {
    return text(request, "IndexName")
        .or(() -> text(request, "Key").map(SdkCallRecorder::kind))
        .or(() -> text(request, "QueueUrl").map(SdkCallRecorder::queue));
  }

  /** DynamoDB has a Key, too, which is no text. */
  private static Optional<String> text(SdkRequest request, String field) {
    return request
        .getValueForField(field, Object.class)
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  /** What a file of a run is: see RunFiles. */
  private static String kind(String key) {
    return key.startsWith("env/") ? "env" : key.replaceFirst("^.*\\.", "");
  }

  private static String queue(String url) {
    return url.replaceFirst("^.*/", "").replaceFirst("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-.*$", "");
  }

  private static Optional<String> handler() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(frame -> HANDLER.matcher(frame.getClassName()))
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .reduce((inner, outer) -> outer));
  }

  private static void note(String handler, String call) {
    String line = handler + " " + call + "\n";
    synchronized (SEEN) {
      if (SEEN.add(line)) {
        try {
          Files.createDirectories(FOLDER);
          Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Return what was noted so far, by handler. */
  static Map<String, SortedSet<String>> recorded() {
    Map<String, SortedSet<String>> recorded = new TreeMap<>();
    if (!Files.isDirectory(FOLDER)) {
      return recorded;
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          String[] words = line.split(" ", 2);
          recorded.computeIfAbsent(words[0], _ -> new TreeSet<>()).add(words[1]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return recorded;
  }
}
