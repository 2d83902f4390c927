package dev.audition.core.simulation;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of a scenario.
 *
 * @param drainSeconds from the first request to the end of the last task
 * @param busySeconds from the first request to the admission of the last run
 * @param used the share of the quota that was in use during these
 * @param passed runs with verdict PASSED
 */
record Outcome(
    Scenario scenario,
    int runs,
    long passed,
    double drainSeconds,
    Bound bound,
    double busySeconds,
    double used,
    int mostInUse,
    Waits small,
    Waits noisy,
    Waits large,
    Map<String, Integer> calls,
    Ledger ledger) {
  /** How long runs waited, in seconds. */
  record Waits(double median, double longest) {
    static Waits of(List<Double> seconds) {
      List<Double> sorted = seconds.stream().sorted().toList();
      return sorted.isEmpty()
          ? new Waits(0, 0)
          : new Waits(sorted.get(sorted.size() / 2), sorted.getLast());
    }
  }

  private static final int LARGE = 4096;

  static Outcome of(Simulation simulation) {
    Scenario scenario = simulation.scenario;
    double units = 1024.0 * scenario.accountVcpus() * (scenario.spotPercent() > 0 ? 2 : 1);
    List<RunPlan> plans = List.copyOf(simulation.plans.values());
    double first = plans.getFirst().arrives();
    Instant began = simulation.beginning.plus(VirtualTime.seconds(first));
    Instant lastEnd = Instant.EPOCH;
    Instant lastAdmitted = Instant.EPOCH;
    long passed = 0;
    for (RunPlan plan : plans) {
      Run run = simulation.runStore.load(plan.id()).orElseThrow();
      passed += run.verdict() == Verdict.PASSED ? 1 : 0;
      Instant ended =
          run.times().endedAt() == null
              ? began
              : run.times().endedAt().plus(VirtualTime.seconds(plan.stopSeconds()));
      lastEnd = ended.isAfter(lastEnd) ? ended : lastEnd;
      Instant admitted = Objects.requireNonNull(simulation.admittedAt.get(plan.id()));
      lastAdmitted = admitted.isAfter(lastAdmitted) ? admitted : lastAdmitted;
    }
    double busy = seconds(began, lastAdmitted);
    return new Outcome(
        scenario,
        plans.size(),
        passed,
        seconds(began, lastEnd),
        Bound.of(
            plans.stream()
                .sorted(Comparator.comparing(plan -> admitted(simulation, plan.id())))
                .toList(),
            1024 * scenario.accountVcpus(),
            scenario.spotPercent() > 0 ? 2 : 1,
            scenario.spotPercent(),
            simulation.launches.whole("perSecond"),
            simulation.launches.whole("burst")),
        busy,
        simulation.usedWhenLastWasAdmitted / (units * busy),
        simulation.fargate.mostInUse,
        waits(simulation, plans.stream().filter(p -> p.project().equals("small")).toList()),
        waits(simulation, plans.stream().filter(p -> p.project().equals("noisy")).toList()),
        waits(simulation, plans.stream().filter(p -> p.cpuUnits() == LARGE).toList()),
        simulation.fargate.calls,
        simulation.ledger);
  }

  private static Waits waits(Simulation simulation, List<RunPlan> plans) {
    return Waits.of(
        plans.stream()
            .map(
                plan ->
                    seconds(
                        simulation.beginning.plus(VirtualTime.seconds(plan.arrives())),
                        admitted(simulation, plan.id())))
            .toList());
  }

  private static Instant admitted(Simulation simulation, RunId id) {
    return Objects.requireNonNull(simulation.admittedAt.get(id));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  double ratio() {
    return drainSeconds / bound.seconds();
  }

  double costPerRun() {
    return ledger.cost() / runs;
  }
}
