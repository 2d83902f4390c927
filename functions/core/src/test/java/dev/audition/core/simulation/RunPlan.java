package dev.audition.core.simulation;

import dev.audition.core.run.RunId;

/**
 * What one simulated run asks for, and how long its task takes; nothing but the played Fargate
 * knows the latter.
 *
 * @param arrives seconds after the beginning
 */
record RunPlan(
    RunId id,
    String project,
    int cpuUnits,
    double arrives,
    double startSeconds,
    double candidateSeconds,
    double stopSeconds) {
  /** How long its task counts against the quota. */
  double occupies() {
    return startSeconds + candidateSeconds + stopSeconds;
  }

  double work() {
    return cpuUnits * occupies();
  }
}
