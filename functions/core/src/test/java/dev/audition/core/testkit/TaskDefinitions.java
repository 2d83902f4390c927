package dev.audition.core.testkit;

import dev.audition.core.plan.Listening;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.AccountOptions;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds task definitions of which a test says only what it is about. */
public final class TaskDefinitions {
  private final List<ContainerDefinition> containers = new ArrayList<>();

  private TaskDefinitions() {}

  /** Begin one. */
  public static TaskDefinitions task() {
    return new TaskDefinitions();
  }

  /** Return {@code <name> waits for <condition>}. */
  public static ContainerDependency waits(String name, ContainerCondition condition) {
    return new ContainerDependency(name, condition);
  }

  /** Add a container that is not essential. */
  public TaskDefinitions container(String name, ContainerDependency... dependsOn) {
    containers.add(definition(name, false, null, List.of(dependsOn)));
    return this;
  }

  /** Add a container whose end ends the task. */
  public TaskDefinitions essential(String name, ContainerDependency... dependsOn) {
    containers.add(definition(name, true, null, List.of(dependsOn)));
    return this;
  }

  /** Add a container that is dialled on port 8080 for at most 60 s. */
  public TaskDefinitions dialled(String name, ContainerDependency... dependsOn) {
    containers.add(
        definition(
            name, false, new Listening(List.of(8080), Duration.ofSeconds(60)), List.of(dependsOn)));
    return this;
  }

  /** Return the definition. */
  public TaskDefinition build() {
    return new TaskDefinition(
        "test", new TaskSize(256, 512), containers, List.of(), new LinkedHashMap<>(), "");
  }

  private static ContainerDefinition definition(
      String name,
      boolean essential,
      @Nullable Listening listening,
      List<ContainerDependency> dependsOn) {
    return new ContainerDefinition(
        name,
        name,
        "image:" + name,
        essential,
        null,
        null,
        new LinkedHashMap<>(),
        "",
        "",
        dependsOn,
        null,
        listening,
        List.of(),
        List.of(),
        List.of(),
        256,
        null,
        Duration.ofSeconds(10),
        "",
        null,
        false,
        false,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        null,
        new LinkedHashMap<>(),
        AccountOptions.NONE);
  }
}
