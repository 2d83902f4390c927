package dev.audition.cli.render;

import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import java.util.List;
import java.util.Optional;

/**
 * Finds what the user calls a container.
 *
 * @param plans of all steps
 */
public record ContainerNames(List<Plan> plans) {
  public ContainerNames {
    plans = List.copyOf(plans);
  }

  /**
   * Find the planned container of a task.
   *
   * @param startedBy {@code <run id>/<step number>/<task number>/<attempt>}
   */
  Optional<PlannedContainer> find(String startedBy, String containerName) {
    String[] parts = startedBy.split("/");
    if (parts.length < 3) {
      return Optional.empty();
    }
    return plans.stream()
        .filter(plan -> Integer.toString(plan.stepNumber()).equals(parts[1]))
        .flatMap(plan -> plan.tasks().stream())
        .filter(task -> Integer.toString(task.number()).equals(parts[2]))
        .flatMap(task -> task.containers().stream())
        .filter(container -> container.containerName().equals(containerName))
        .findFirst();
  }

  /** Return the user's name of a container, or the container's own where nothing is known. */
  String service(String startedBy, String containerName) {
    return find(startedBy, containerName).map(PlannedContainer::service).orElse(containerName);
  }

  /** Return whether a container is a candidate. */
  boolean candidate(String startedBy, String containerName) {
    return find(startedBy, containerName).map(PlannedContainer::candidate).orElse(false);
  }

  /** Return whether a container has something to become ready by: a check, or a port. */
  boolean isAwaited(String startedBy, String containerName) {
    return find(startedBy, containerName)
        .map(container -> container.health() != null || container.listening() != null)
        .orElse(false);
  }

  /** Return the width of the longest name, for columns. */
  int width() {
    return plans.stream()
        .flatMap(plan -> plan.tasks().stream())
        .flatMap(task -> task.containers().stream())
        .mapToInt(container -> container.service().length())
        .max()
        .orElse(0);
  }
}
