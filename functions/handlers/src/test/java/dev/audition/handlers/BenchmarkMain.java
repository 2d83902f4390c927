package dev.audition.handlers;

import java.io.IOException;
import java.io.PrintStream;

/** What every benchmark begins with and ends by: its table alone goes to the output. */
final class BenchmarkMain {
  private BenchmarkMain() {}

  /** Measures so many rounds and prints the table. */
  interface Benchmark {
    void bench(int rounds, PrintStream out) throws IOException;
  }

  /** Run a benchmark and end the process; the first argument is the number of rounds. */
  static void run(String[] arguments, int defaultRounds, Benchmark benchmark) {
    PrintStream out = System.out;
    System.setOut(System.err); // what the emulators say is no part of the table
    int exitCode = 1;
    try {
      benchmark.bench(arguments.length > 0 ? Integer.parseInt(arguments[0]) : defaultRounds, out);
      exitCode = 0;
    } catch (IOException | RuntimeException | AssertionError e) {
      System.err.println("Not measured:");
      e.printStackTrace();
    }
    System.exit(exitCode); // the emulators have threads of their own
  }
}
