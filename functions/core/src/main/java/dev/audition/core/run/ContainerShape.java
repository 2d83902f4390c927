package dev.audition.core.run;

import dev.audition.core.plan.Listening;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDependency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run must remember of a container to understand its task: who it is and what it waits for.
 *
 * @param name in the task definition
 * @param service the user's name for it
 * @param listening how it is dialled; null if it is not
 * @param memoryMiB its hard limit; null for the task's
 */
public record ContainerShape(
    String name,
    String service,
    boolean candidate,
    boolean essential,
    List<ContainerDependency> dependsOn,
    @Nullable Listening listening,
    @Nullable Integer memoryMiB) {
  /** Containers of ours, beside the user's, have names that begin with it. */
  public static final String OURS = "audition-";

  /** The container of ours that watches over a task on Fargate. */
  public static final String KEEPER = "audition-keeper";

  /** The container of ours that prepares a task on Fargate. */
  public static final String STAGE = "audition-stage";

  public ContainerShape {
    dependsOn = List.copyOf(dependsOn);
  }

  /** Return the shape of a container definition. */
  public static ContainerShape of(ContainerDefinition definition, boolean candidate) {
    return new ContainerShape(
        definition.name(),
        definition.service(),
        candidate,
        definition.essential(),
        definition.dependsOn(),
        definition.listening(),
        definition.memoryMiB());
  }

  /** Return whether it is a container of ours. */
  public boolean ours() {
    return name.startsWith(OURS);
  }

  /** Return whether it is the container of ours that watches over the task. */
  public boolean keeper() {
    return name.equals(KEEPER);
  }
}
