package dev.audition.handlers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures from a process's start to the answer of its first invocation, for each function of the
 * zip, a function that does nothing, and one that writes one item; they alternate. Prints a table.
 */
public final class ColdStartBenchmark {
  private static final String NOTHING = "{\"Records\":[]}";
  private static final int DEFAULT_ROUNDS = 15;

  private ColdStartBenchmark() {}

  /** Run; the argument is the number of rounds. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    Path folder = Files.createTempDirectory("cold-start");
    FunctionProcess.unpack(folder);
    copyClass(HelloFunction.class, folder);
    copyClass(PutItemFunction.class, folder);
    try (LocalServices services = new LocalServices()) {
      Map<String, String> events = events(services);
      Map<String, List<Long>> times = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        for (Map.Entry<String, String> event : events.entrySet()) {
          long nanos = measure(folder, event.getKey(), event.getValue(), services.environment());
          if (round > 0) { // the first one fills the system's caches
            times.computeIfAbsent(event.getKey(), _ -> new ArrayList<>()).add(nanos);
          }
        }
      }
      print(times, rounds);
    }
    System.exit(0); // the emulators have threads of their own
  }

  /** What each does is its usual least: one load of a run, or one look for due runs. */
  private static Map<String, String> events(LocalServices services) throws IOException {
    Map<String, String> events = new LinkedHashMap<>();
    events.put("HelloFunction", NOTHING);
    events.put("PutItemFunction", NOTHING);
    events.put("TaskEventHandler", services.taskEvent());
    events.put("SweepHandler", "{}");
    events.put("RunRequestHandler", services.unreadable("AUDITION_RUN_REQUESTS_URL"));
    events.put("HookHandler", NOTHING);
    return events;
  }

  private static long measure(
      Path folder, String handler, String event, Map<String, String> environment)
      throws IOException {
    try (RuntimeApi api = new RuntimeApi()) {
      long start = System.nanoTime();
      try (FunctionProcess function = FunctionProcess.start(folder, handler, api, environment)) {
        String answer = api.invoke(event);
        long nanos = System.nanoTime() - start;
        if (answer.startsWith("error")) {
          throw new IllegalStateException(handler + ": " + answer + "\n" + function.output());
        }
        return nanos;
      }
    }
  }

  private static void print(Map<String, List<Long>> times, int rounds) {
    double reference = median(times.getOrDefault("PutItemFunction", List.of()));
    System.out.printf("%nCold start to the first answer, ms, %d rounds%n%n", rounds);
    System.out.println("| function | median | least | most | to one PutItem |");
    System.out.println("|---|---|---|---|---|");
    times.forEach(
        (name, all) ->
            System.out.printf(
                "| %s | %.0f | %.0f | %.0f | %.2f |%n",
                name,
                median(all),
                all.stream().min(Long::compareTo).orElse(0L) / 1e6,
                all.stream().max(Long::compareTo).orElse(0L) / 1e6,
                median(all) / reference));
  }

  private static double median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2) / 1e6;
  }

  private static void copyClass(Class<?> type, Path folder) {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
      Files.copy(bytes, folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
