package dev.audition.core.run;

import dev.audition.core.task.TaskDefinition;
import java.util.Collection;
import java.util.List;

/**
 * What a run must remember of a task definition.
 *
 * @param number 1-based
 */
public record TaskShape(int number, List<ContainerShape> containers) {
  public TaskShape {
    containers = List.copyOf(containers);
  }

  /**
   * Return the shape of a task definition.
   *
   * @param candidates the names of the services whose exit codes decide
   */
  public static TaskShape of(int number, TaskDefinition definition, Collection<String> candidates) {
    return new TaskShape(
        number,
        definition.containers().stream()
            .map(c -> ContainerShape.of(c, candidates.contains(c.service())))
            .toList());
  }
}
