package dev.audition.local;

import dev.audition.core.run.RunReport;
import dev.audition.core.run.TaskKey;
import dev.audition.local.docker.DockerEngine;
import java.util.List;

/**
 * The containers that {@code --keep} has left running. What is stored of a run ends with its
 * verdict, and says of them that they are stopped, as they are after any other run.
 */
final class KeptContainers {
  private KeptContainers() {}

  /** Ask the engine; where it does not answer, what is stored is all that can be said. */
  static RunReport seen(RunReport report, DockerEngine engine) {
    List<RunContainer> containers;
    try {
      containers = RunContainers.of(engine, report.runId());
    } catch (RuntimeException e) {
      return report; // the client throws whatever its connection throws
    }
    return seen(report, containers);
  }

  /**
   * Say of each container that runs that it does; steps that make room for others are no matter.
   */
  static RunReport seen(RunReport report, List<RunContainer> containers) {
    if (report.verdict() == null) {
      return report;
    }
    return report.withContainers(
        (step, container) ->
            container.outcome().equals("stopped")
                    && container.exitCode() == null
                    && runs(container.name(), step.number(), containers)
                ? container.withOutcome("running")
                : container);
  }

  private static boolean runs(String service, int step, List<RunContainer> containers) {
    return containers.stream()
        .filter(container -> container.running() && container.service().equals(service))
        .flatMap(container -> TaskKey.parse(container.startedBy()).stream())
        .anyMatch(task -> task.step() == step);
  }
}
