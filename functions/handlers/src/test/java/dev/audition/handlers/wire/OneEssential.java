package dev.audition.handlers.wire;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.ContainerDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets definitions of tests pass where ECS looks at them: it wants one container that is essential,
 * so where there is none one that stays is added, and left out of what is seen.
 */
record OneEssential(TaskRuntime runtime) implements TaskRuntime {
  private static final String ADDED = "added-essential";

  @Override
  public LaunchAnswer launch(Launch launch) {
    TaskDefinition definition = launch.definition();
    List<ContainerDefinition> containers = new ArrayList<>(definition.containers());
    if (containers.stream().noneMatch(ContainerDefinition::essential)) {
      containers.add(
          ContainerDraft.of(ADDED, FargateImages.SHELL)
              .shell("trap 'exit 0' TERM; sleep 1000 & wait")
              .stopTimeout(Duration.ofSeconds(2))
              .essential()
              .build());
    }
    return runtime.launch(
        new Launch(
            launch.startedBy(),
            launch.clientToken(),
            new TaskDefinition(
                definition.family(),
                new TaskSize(1024, 2048),
                containers,
                definition.volumes(),
                definition.hosts(),
                definition.platform()),
            launch.values(),
            launch.deadline()));
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    runtime.stop(taskArn, reason);
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    return runtime.describe(taskArns).stream().map(OneEssential::without).toList();
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    return runtime.find(startedBy).stream().map(OneEssential::without).toList();
  }

  static TaskDescription without(TaskDescription task) {
    return new TaskDescription(
        task.taskArn(),
        task.startedBy(),
        task.version(),
        task.lastStatus(),
        task.desiredStatus(),
        task.containers().stream().filter(container -> !container.name().equals(ADDED)).toList(),
        task.stopCode(),
        task.stoppedReason(),
        task.createdAt(),
        task.startedAt(),
        task.stoppedAt());
  }
}
