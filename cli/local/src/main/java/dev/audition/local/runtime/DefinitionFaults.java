package dev.audition.local.runtime;

import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.TaskDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ECS would refuse to register and no engine could run: the planner has refused it before, so
 * this only keeps a task from waiting for ever.
 */
final class DefinitionFaults {
  private DefinitionFaults() {}

  static List<String> of(TaskDefinition definition) {
    List<String> faults = new ArrayList<>();
    Map<String, ContainerDefinition> containers = new HashMap<>();
    for (ContainerDefinition container : definition.containers()) {
      if (containers.put(container.name(), container) != null) {
        faults.add("Two containers are named " + container.name());
      }
    }
    for (ContainerDefinition container : definition.containers()) {
      for (ContainerDependency dependency : container.dependsOn()) {
        ContainerDefinition target = containers.get(dependency.containerName());
        if (target == null) {
          faults.add(
              "Cannot depend on container %s because it does not exist"
                  .formatted(dependency.containerName()));
        } else if (dependency.condition() == ContainerCondition.HEALTHY
            && target.healthCheck() == null) {
          faults.add(
              "Container %s must have a health check: %s waits for it to be healthy"
                  .formatted(target.name(), container.name()));
        } else if (dependency.condition() == ContainerCondition.LISTENING
            && target.listening() == null) {
          faults.add(
              "Container %s must have ports to dial: %s waits for it to listen"
                  .formatted(target.name(), container.name()));
        }
      }
    }
    if (faults.isEmpty() && circular(definition.containers())) {
      faults.add("The dependencies of the containers go in a circle");
    }
    return faults;
  }

  private static boolean circular(List<ContainerDefinition> containers) {
    Set<String> settled = new HashSet<>();
    boolean more = true;
    while (more) {
      more =
          containers.stream()
              .filter(container -> !settled.contains(container.name()))
              .filter(
                  container ->
                      container.dependsOn().stream()
                          .allMatch(one -> settled.contains(one.containerName())))
              .map(container -> settled.add(container.name()))
              .reduce(false, Boolean::logicalOr);
    }
    return settled.size() < containers.size();
  }
}
