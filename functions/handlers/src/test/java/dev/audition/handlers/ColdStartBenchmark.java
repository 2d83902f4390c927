package dev.audition.handlers;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures from a process's start to the answer of its first invocation, for each function of the
 * zip, a function that does nothing, and one that writes one item; they alternate. Prints a table.
 */
public final class ColdStartBenchmark {
  private static final String NOTHING = "{\"Records\":[]}";
  private static final String REFERENCE = "PutItemFunction";
  private static final int DEFAULT_ROUNDS = 15;

  private ColdStartBenchmark() {}

  /** What one start took: by the clock, and of all processors. */
  private record Sample(Duration elapsed, Duration processor) {}

  /** Run; the argument is the number of rounds. */
  public static void main(String[] arguments) {
    BenchmarkMain.run(arguments, DEFAULT_ROUNDS, ColdStartBenchmark::bench);
  }

  private static void bench(int rounds, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("cold-start");
    try (LocalServices services = new LocalServices()) {
      FunctionProcess.unpack(folder);
      copyClass(HelloFunction.class, folder);
      copyClass(PutItemFunction.class, folder);
      Map<String, List<Sample>> samples = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        for (Map.Entry<String, String> event : events(services).entrySet()) {
          Sample sample = measure(folder, event.getKey(), event.getValue(), services.environment());
          if (round > 0) { // the first one fills the system's caches
            samples.computeIfAbsent(event.getKey(), _ -> new ArrayList<>()).add(sample);
          }
        }
      }
      print(samples, rounds, out);
    } finally {
      remove(folder);
    }
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

  private static Sample measure(
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
        return new Sample(Duration.ofNanos(nanos), function.processorTime());
      }
    }
  }

  private static void print(Map<String, List<Sample>> samples, int rounds, PrintStream out) {
    List<Sample> reference = samples.getOrDefault(REFERENCE, List.of());
    var system = ManagementFactory.getOperatingSystemMXBean();
    out.printf(
        Locale.ROOT,
        "%d rounds, %d cores, %s %s, load average %.1f, zip %.1f MB%n%n",
        rounds,
        system.getAvailableProcessors(),
        system.getName(),
        system.getArch(),
        system.getSystemLoadAverage(),
        FunctionProcess.zip().toFile().length() / 1e6);
    out.println(
        "| ms | median | least | most | to one PutItem | processor time | to one PutItem |");
    out.println("|---|---|---|---|---|---|---|");
    samples.forEach(
        (name, all) -> {
          List<Double> elapsed = sorted(all, Sample::elapsed);
          double processor = median(sorted(all, Sample::processor));
          out.printf(
              Locale.ROOT,
              "| %s | %.0f | %.0f | %.0f | %.2f | %.0f | %.2f |%n",
              name,
              median(elapsed),
              elapsed.getFirst(),
              elapsed.getLast(),
              median(elapsed) / median(sorted(reference, Sample::elapsed)),
              processor,
              processor / median(sorted(reference, Sample::processor)));
        });
  }

  private static List<Double> sorted(List<Sample> samples, Function<Sample, Duration> what) {
    return samples.stream().map(sample -> what.apply(sample).toNanos() / 1e6).sorted().toList();
  }

  private static double median(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static void remove(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
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
