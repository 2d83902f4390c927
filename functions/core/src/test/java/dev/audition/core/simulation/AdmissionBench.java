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
    say(requests + " requests of mixed sizes and projects, seed " + seed + ".\n");
    say(
        "| account | drain | bound of any order | of the order in which they began"
            + " | drain / the larger bound | in use while runs wait | most in use |");
    say("|---|---|---|---|---|---|---|");
    for (Outcome o : outcomes) {
      say(
          row(
              o.scenario().name(),
              spoken(o.drainSeconds()),
              spoken(o.bound().anyOrderSeconds()),
              spoken(o.bound().inOrderSeconds()),
              decimals(3, o.ratio()),
              decimals(1, o.used() * 100) + " %",
              decimals(0, o.mostInUse() / 1024.0) + " vCPU"));
    }
    say("");
    say("| account | small project: median, longest wait | noisy project | runs of 4 vCPU |");
    say("|---|---|---|---|");
    for (Outcome o : outcomes) {
      say(row(o.scenario().name(), waits(o.small()), waits(o.noisy()), waits(o.large())));
    }
    say("");
    say("| account | calls to ECS a run | write units | read units | queue requests | USD a run |");
    say("|---|---|---|---|---|---|");
    for (Outcome o : outcomes) {
      say(
          row(
              o.scenario().name(),
              o.calls().entrySet().stream()
                  .map(e -> e.getKey() + " " + decimals(3, e.getValue() / (double) o.runs()))
                  .collect(Collectors.joining(", ")),
              decimals(1, o.ledger().writeUnits / o.runs()),
              decimals(1, o.ledger().readUnits / o.runs()),
              decimals(1, o.ledger().queueRequests() / o.runs()),
              String.format(Locale.ROOT, "%.1e", o.costPerRun())));
    }
    if (outcomes.stream().anyMatch(o -> o.passed() != o.runs())) {
      say("\nNot every run passed.");
      System.exit(1);
    }
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String decimals(int places, double value) {
    return String.format(Locale.ROOT, "%." + places + "f", value);
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

  private static void say(String line) {
    System.out.println(line);
  }
}
