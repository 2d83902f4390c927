package dev.audition.local.runtime;

import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.HealthStatus;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dependsOn} means, as the ECS agent has it: START is true of a container that has
 * already ended, and a condition that can never come true again ends the one that waits for it.
 */
final class Gates {
  private Gates() {}

  /**
   * What a gate looks at in a container that is waited for.
   *
   * @param service the user's name for it
   * @param exitCode null if it has not ended, or never started
   * @param listening whether one of its ports accepted a connection, or its limit has passed
   */
  record Target(
      String service,
      boolean started,
      boolean stopped,
      @Nullable Integer exitCode,
      HealthStatus health,
      boolean listening) {}

  /** Decide from all dependencies of a container: one that never will outweighs one that waits. */
  static GateAnswer decide(
      List<ContainerDependency> dependencies, Function<String, Target> targets) {
    GateAnswer answer = new GateAnswer.Open();
    for (ContainerDependency dependency : dependencies) {
      GateAnswer one = decide(dependency, targets.apply(dependency.containerName()));
      switch (one) {
        case GateAnswer.Never never -> {
          return never;
        }
        case GateAnswer.Waiting waiting -> answer = waiting;
        case GateAnswer.Open _, GateAnswer.Stopping _ -> {}
      }
    }
    return answer;
  }

  private static GateAnswer decide(ContainerDependency dependency, Target target) {
    if (target.stopped() && !target.started()) {
      return never("\"%s\" never started".formatted(target.service()));
    }
    return switch (dependency.condition()) {
      case START -> openIf(target.started());
      case LISTENING -> openIf(target.listening() || target.stopped());
      case COMPLETE -> openIf(target.stopped());
      case SUCCESS -> success(target);
      case HEALTHY ->
          target.stopped()
              ? never("\"%s\" ended and so cannot become healthy".formatted(target.service()))
              : openIf(target.health() == HealthStatus.HEALTHY);
    };
  }

  private static GateAnswer success(Target target) {
    if (!target.stopped()) {
      return new GateAnswer.Waiting();
    }
    Integer exitCode = target.exitCode();
    return exitCode != null && exitCode == 0
        ? new GateAnswer.Open()
        : never(
            "\"%s\" had to end with exit code 0, but ended with %s"
                .formatted(target.service(), exitCode == null ? "none" : exitCode));
  }

  private static GateAnswer openIf(boolean open) {
    return open ? new GateAnswer.Open() : new GateAnswer.Waiting();
  }

  private static GateAnswer never(String why) {
    return new GateAnswer.Never("CannotStartContainerError: dependency graph: " + why);
  }
}
