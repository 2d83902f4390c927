package dev.audition.handlers.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Notes which SDK calls each handler makes while the tests run. The SDK finds it by the file {@code
 * software/amazon/awssdk/global/handlers/execution.interceptors} on the test class path, so that no
 * wiring knows of it; the handler is the one on the calling thread's stack.
 */
public final class SdkCallRecorder implements ExecutionInterceptor {
  /** Where the calls are noted, one file a handler. */
  static final Path FOLDER = Path.of("target", "sdk-calls");

  private static final Pattern HANDLER =
      Pattern.compile("dev\\.audition\\.handlers\\.([A-Za-z]+Handler)");
  private static final Map<String, SortedSet<String>> SEEN = new TreeMap<>();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    if (service != null && operation != null) {
      handler().ifPresent(handler -> note(handler, call(service, operation)));
    }
  }

  /** Name a call as {@code infra/permissions.yaml} does. */
  static String call(String service, String operation) {
    return service.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "") + ":" + operation;
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
    synchronized (SEEN) {
      if (SEEN.computeIfAbsent(handler, _ -> new TreeSet<>()).add(call)) {
        try {
          Files.createDirectories(FOLDER);
          SortedSet<String> all = new TreeSet<>(SEEN.get(handler));
          Path file = FOLDER.resolve(handler);
          if (Files.exists(file)) {
            all.addAll(Files.readAllLines(file));
          }
          Files.write(file, all);
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
        recorded.put(file.getFileName().toString(), new TreeSet<>(Files.readAllLines(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return recorded;
  }
}
