package dev.audition.core.simulation;

import static java.util.stream.Collectors.groupingBy;

import dev.audition.core.run.CapacityPool;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The least time that the quotas leave for all runs, from the first request to the end of the last
 * task.
 *
 * @param anyOrderSeconds what every order needs, also that of somebody who knows beforehand how
 *     long each run takes: all work at the full quota, all launches at the full rate, or the
 *     longest run by itself, whichever is most
 * @param inOrderSeconds what the order in which the runs did begin needs in an account without
 *     friction: of those that are there the first begins as soon as the rate of launches lets it
 *     and anything of the quota is free, be it less than the run needs; what ends is known at once.
 *     Nobody knows how long a run takes before it has ended, so a long one may be among the last
 */
record Bound(double anyOrderSeconds, double inOrderSeconds) {
  /**
   * Compute it.
   *
   * @param plans in the order in which they did begin
   * @param units CPU units of each quota that is used
   * @param pools how many quotas are used
   */
  static Bound of(
      List<RunPlan> plans, int units, int pools, int spotPercent, int perSecond, int burst) {
    double first = plans.stream().mapToDouble(RunPlan::arrives).min().orElse(0);
    double work = plans.stream().mapToDouble(RunPlan::work).sum() / ((double) units * pools);
    double launching = (plans.size() - burst) / (double) perSecond;
    double longest =
        plans.stream().mapToDouble(p -> p.arrives() + p.occupies() - first).max().orElse(0);
    return new Bound(
        Math.max(work, Math.max(longest, launching)),
        inOrder(plans, units, spotPercent, perSecond, burst) - first);
  }

  private static double inOrder(
      List<RunPlan> plans, int units, int spotPercent, int perSecond, int burst) {
    Map<CapacityPool, List<RunPlan>> pools =
        plans.stream().collect(groupingBy(plan -> CapacityPool.of(plan.id(), spotPercent)));
    return pools.values().stream()
        .mapToDouble(pool -> new Account(pool, units, perSecond, burst).drained())
        .max()
        .orElse(0);
  }

  private record Occupied(double until, int units) {}

  private record Place(int number, RunPlan plan) {}

  /** An account without friction. */
  private static final class Account {
    private final PriorityQueue<Place> coming =
        new PriorityQueue<>(Comparator.comparingDouble(place -> place.plan().arrives()));
    private final PriorityQueue<Place> waiting =
        new PriorityQueue<>(Comparator.comparingInt(Place::number));
    private final PriorityQueue<Occupied> running =
        new PriorityQueue<>(Comparator.comparingDouble(Occupied::until));
    private final int units;
    private final double secondsPerLaunch;
    private final int burst;
    private int used;
    private int begun;
    private double now;

    Account(List<RunPlan> plans, int units, int perSecond, int burst) {
      this.units = units;
      this.secondsPerLaunch = 1.0 / perSecond;
      this.burst = burst;
      for (RunPlan plan : plans) {
        coming.add(new Place(coming.size(), plan));
      }
      now = coming.element().plan().arrives();
    }

    /** Play it, and say when the last task has ended. */
    double drained() {
      double first = now;
      double last = now;
      while (!coming.isEmpty() || !waiting.isEmpty()) {
        pass();
        double allowed = first + Math.max(0, begun + 1 - burst) * secondsPerLaunch;
        if (waiting.isEmpty() || used >= units) {
          now = Math.min(nextEnd(), nextArrival());
        } else if (allowed > now) {
          now = allowed;
        } else {
          RunPlan plan = waiting.remove().plan();
          begun++;
          used += plan.cpuUnits();
          running.add(new Occupied(now + plan.occupies(), plan.cpuUnits()));
          last = Math.max(last, now + plan.occupies());
        }
      }
      return last;
    }

    private double nextEnd() {
      return running.isEmpty() ? Double.MAX_VALUE : running.element().until();
    }

    private double nextArrival() {
      return coming.isEmpty() ? Double.MAX_VALUE : coming.element().plan().arrives();
    }

    /** What has come and what has ended by now. */
    private void pass() {
      while (nextArrival() <= now) {
        waiting.add(coming.remove());
      }
      while (nextEnd() <= now) {
        used -= running.remove().units();
      }
    }
  }

  double seconds() {
    return Math.max(anyOrderSeconds, inOrderSeconds);
  }
}
