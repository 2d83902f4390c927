package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Claims that wait, are admitted and end, in virtual time and without a store. */
final class Crowd {
  /** An admitted claim and when it ends. */
  record Holding(Claim claim, Instant admittedAt, Instant ends) {}

  /** How long a claim holds what it holds. */
  interface Lengths {
    Duration of(Claim claim);
  }

  final Quotas quotas;
  final Lengths lengths;
  final Map<Line, TreeSet<Claim>> lines = new LinkedHashMap<>();
  final List<Holding> holding = new ArrayList<>();
  final List<Holding> past = new ArrayList<>();
  AdmissionState state = AdmissionState.EMPTY;
  Instant now = ManualClock.START;
  private int arrived;

  Crowd(Quotas quotas, Lengths lengths) {
    this.quotas = quotas;
    this.lengths = lengths;
  }

  Claim arrive(String project, CapacityPool pool, int cpuUnits) {
    Claim claim = new Claim(new RunId("run-" + ++arrived), project, pool, cpuUnits, now);
    lines.computeIfAbsent(claim.line(), _ -> new TreeSet<>(Claim.BY_AGE)).add(claim);
    state = state.withWaiting(claim.line()).withVersion(state.version() + 1);
    return claim;
  }

  Claim arrive(String project, int cpuUnits) {
    return arrive(project, CapacityPool.ON_DEMAND, cpuUnits);
  }

  Map<Line, List<Claim>> fronts() {
    Map<Line, List<Claim>> fronts = new LinkedHashMap<>();
    Admission.toRead(state, quotas, now)
        .forEach(
            line ->
                fronts.put(
                    line,
                    lines.getOrDefault(line, new TreeSet<>(Claim.BY_AGE)).stream()
                        .limit(Admission.WINDOW)
                        .toList()));
    return fronts;
  }

  void withdraw(Claim claim) {
    Objects.requireNonNull(lines.get(claim.line())).remove(claim);
  }

  List<Claim> decide() {
    Admission.Decision decision = Admission.decide(state, fronts(), quotas, now);
    state = decision.next().withVersion(state.version() + 1);
    for (Claim claim : decision.admitted()) {
      Objects.requireNonNull(lines.get(claim.line())).remove(claim);
      holding.add(new Holding(claim, now, now.plus(lengths.of(claim))));
    }
    return decision.admitted();
  }

  /** Let so much time pass, deciding at every end and at least once a second. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      decide();
      Instant next = holding.stream().map(Holding::ends).min(Instant::compareTo).orElse(end);
      Instant second = now.plusSeconds(1);
      now = next.isBefore(second) ? next : second;
      for (Holding over : List.copyOf(holding)) {
        if (!over.ends().isAfter(now)) {
          holding.remove(over);
          past.add(over);
          state = Admission.released(state, over.claim()).withVersion(state.version() + 1);
        }
      }
    }
    decide();
  }

  int inUse(CapacityPool pool) {
    return holding.stream()
        .map(Holding::claim)
        .filter(claim -> claim.pool() == pool)
        .mapToInt(Claim::cpuUnits)
        .sum();
  }

  long waiting() {
    return lines.values().stream().mapToLong(TreeSet::size).sum();
  }

  boolean began(Claim claim) {
    return !lines.getOrDefault(claim.line(), new TreeSet<>(Claim.BY_AGE)).contains(claim);
  }

  /** Return how long a claim waited that has begun. */
  Duration waited(Claim claim) {
    return Stream.concat(holding.stream(), past.stream())
        .filter(h -> h.claim().equals(claim))
        .map(h -> Duration.between(claim.since(), h.admittedAt()))
        .findFirst()
        .orElseThrow();
  }
}
