package dev.audition.core.simulation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Plays every scenario of the data file and prints the tables of {@code docs/performance.md}. */
final class AdmissionBench {
  private AdmissionBench() {}

  /** Run it: {@code [REQUESTS [SEED]]}. */
  public static void main(String[] arguments) {
    int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Figures figures = Figures.ofProject();
    List<Outcome> outcomes =
        figures.list("scenarios").stream()
            .map(s -> new Simulation(figures, Scenario.of(s), requests, seed).play())
            .toList();
    say("%d requests of mixed sizes and projects, seed %d.%n", requests, seed);
    say("| account | drain | bound | drain / bound | in use while runs wait | most in use |");
    say("|---|---|---|---|---|---|");
    for (Outcome o : outcomes) {
      say(
          "| %s | %s | %s | %.3f | %.1f %% | %.2f vCPU |",
          o.scenario().name(),
          spoken(o.drainSeconds()),
          spoken(o.boundSeconds()),
          o.ratio(),
          o.used() * 100,
          o.mostInUse() / 1024.0);
    }
    say("");
    say("| account | small project: median, longest wait | noisy project | runs of 4 vCPU |");
    say("|---|---|---|---|");
    for (Outcome o : outcomes) {
      say(
          "| %s | %s | %s | %s |",
          o.scenario().name(), waits(o.small()), waits(o.noisy()), waits(o.large()));
    }
    say("");
    say("| account | calls to ECS a run | write units | read units | queue requests | USD a run |");
    say("|---|---|---|---|---|---|");
    for (Outcome o : outcomes) {
      say(
          "| %s | %s | %.1f | %.1f | %.1f | %.1e |",
          o.scenario().name(),
          o.calls().entrySet().stream()
              .map(e -> "%s %s".formatted(e.getKey(), number(e.getValue() / (double) o.runs())))
              .collect(Collectors.joining(", ")),
          o.ledger().writeUnits / o.runs(),
          o.ledger().readUnits / o.runs(),
          o.ledger().queueRequests() / o.runs(),
          o.costPerRun());
    }
    if (outcomes.stream().anyMatch(o -> o.passed() != o.runs())) {
      say("%nNot every run passed.");
      System.exit(1);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String waits(Outcome.Waits waits) {
    return spoken(waits.median()) + ", " + spoken(waits.longest());
  }

  private static String spoken(double seconds) {
    if (seconds < 120) {
      return Math.round(seconds) + " s";
    }
    return seconds < 7200
        ? Math.round(seconds / 60) + " min"
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  private static void say(String line, Object... values) {
    System.out.println(String.format(Locale.ROOT, line, values));
  }
}
