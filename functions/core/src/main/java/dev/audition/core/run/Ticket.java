package dev.audition.core.run;

import dev.audition.core.plan.Plan;
import dev.audition.core.plan.TaskPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for before it begins.
 *
 * @param project whose share it takes
 * @param cpuUnits its peak: what it needs at one time; 1024 are one vCPU, 0 for a run without tasks
 * @param patience how long it may wait; null for as long as it takes
 */
public record Ticket(String project, CapacityPool pool, int cpuUnits, @Nullable Duration patience) {
  private static final double VCPU = 1024.0;

  public Ticket {
    if (project.isEmpty() || cpuUnits < 0) {
      throw new IllegalArgumentException(
          "ticket: project \"%s\", %d CPU units (expected: a name, at least 0)"
              .formatted(project, cpuUnits));
    }
  }

  /**
   * Return the most CPU units that a run of plans needs at one time: steps come one after the
   * other, the tasks of a step run beside one another.
   */
  public static int peakOf(List<Plan> plans) {
    return plans.stream()
        .mapToInt(
            plan ->
                plan.tasks().stream().map(TaskPlan::size).mapToInt(size -> size.cpuUnits()).sum())
        .max()
        .orElse(0);
  }

  /** Return until when it may wait that came at a moment; null if for as long as it takes. */
  @Nullable Instant until(Instant since) {
    return patience == null ? null : since.plus(patience);
  }

  /** Say what it waits for, a sentence; how many are before it only the admission knows. */
  String waits() {
    return "It waits until %s are free (quota %s, \"%s\")."
        .formatted(vcpus(cpuUnits), pool.quotaCode(), pool.quotaName());
  }

  /** Say CPU units: {@code 0.25 vCPU}, {@code 6 vCPU}. */
  public static String vcpus(int cpuUnits) {
    String number = String.valueOf(cpuUnits / VCPU);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " vCPU";
  }
}
