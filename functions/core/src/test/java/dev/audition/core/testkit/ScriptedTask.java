package dev.audition.core.testkit;

import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One task of {@link ScriptedTaskRuntime}; every change makes a version and is recorded. */
final class ScriptedTask {
  final TaskArn arn;
  final String startedBy;
  final List<TaskDescription> history = new ArrayList<>();
  boolean vanished;
  private final Map<String, ScriptedContainer> containers = new LinkedHashMap<>();
  private final Instant createdAt;
  private final boolean marksDependents;
  private LastStatus status = LastStatus.PENDING;
  private DesiredStatus desired = DesiredStatus.RUNNING;
  private @Nullable StopCode stopCode;
  private String stoppedReason = "";
  private @Nullable Instant startedAt;
  private @Nullable Instant stoppedAt;

  /**
   * Make one.
   *
   * @param marksDependents whether a container whose dependency failed is marked as stopped with
   *     exit code 143, as the ECS agent does; otherwise it stays pending
   */
  ScriptedTask(
      TaskArn arn,
      String startedBy,
      List<ScriptedContainer> scripted,
      boolean marksDependents,
      Instant now) {
    this.arn = arn;
    this.startedBy = startedBy;
    this.marksDependents = marksDependents;
    this.createdAt = now;
    scripted.forEach(c -> containers.put(c.definition.name(), c));
    record();
  }

  boolean stopped() {
    return status == LastStatus.STOPPED;
  }

  TaskDescription latest() {
    return history.getLast();
  }

  Optional<Instant> next(Instant now) {
    return stopped() || vanished
        ? Optional.empty()
        : containers.values().stream().flatMap(c -> c.next(now).stream()).min(Instant::compareTo);
  }

  /** Ask for its end. */
  void stop(StopCode code, String reason, Instant now) {
    if (desired == DesiredStatus.RUNNING && !vanished) {
      desired = DesiredStatus.STOPPED;
      stopCode = code;
      stoppedReason = reason;
      record();
      advance(now);
    }
  }

  /** Bring everything up to a moment. */
  void advance(Instant now) {
    if (vanished) {
      return;
    }
    while (advanceOne(now) || moveTask(now)) {
      record();
    }
  }

  private boolean advanceOne(Instant now) {
    for (ScriptedContainer container : containers.values()) {
      boolean changed =
          container.advance(now)
              || (desired == DesiredStatus.RUNNING && container.pending() && begin(container, now))
              || (desired == DesiredStatus.STOPPED && wind(container, now));
      if (changed) {
        return true;
      }
    }
    return false;
  }

  private boolean begin(ScriptedContainer container, Instant now) {
    List<ContainerDependency> gates = container.definition.dependsOn();
    if (marksDependents && gates.stream().anyMatch(gate -> failed(gate))) {
      container.end(143, "CannotStartContainerError: dependency graph: a dependency failed", now);
      return true;
    }
    if (!gates.stream().allMatch(gate -> open(gate, now))) {
      return false;
    }
    if (container.script.cannotStart().isEmpty()) {
      container.start(now);
      container.advance(now); // what holds from its start is never seen otherwise
    } else {
      container.end(null, container.script.cannotStart(), now);
    }
    return true;
  }

  private boolean failed(ContainerDependency gate) {
    ScriptedContainer target = target(gate);
    if (target.stopped() && target.startedAt == null) {
      return true;
    }
    return switch (gate.condition()) {
      case START, COMPLETE, LISTENING -> false;
      case SUCCESS -> target.stopped() && !Integer.valueOf(0).equals(target.exitCode);
      case HEALTHY -> target.stopped();
    };
  }

  private boolean open(ContainerDependency gate, Instant now) {
    ScriptedContainer target = target(gate);
    boolean ran = target.startedAt != null;
    return switch (gate.condition()) {
      case START -> ran;
      case COMPLETE -> ran && target.stopped();
      case SUCCESS -> ran && target.stopped() && Integer.valueOf(0).equals(target.exitCode);
      case HEALTHY -> target.running() && target.health == HealthStatus.HEALTHY;
      case LISTENING -> ran && (target.ready || target.stopped() || target.listenLimitPassed(now));
    };
  }

  private ScriptedContainer target(ContainerDependency gate) {
    ScriptedContainer target = containers.get(gate.containerName());
    if (target == null) {
      throw new IllegalArgumentException(
          "container: %s (expected: one of the task)".formatted(gate));
    }
    return target;
  }

  /** Stop a container once none that depends on it runs. */
  private boolean wind(ScriptedContainer container, Instant now) {
    if (container.pending()) {
      container.end(null, "", now);
      return true;
    }
    boolean needed =
        containers.values().stream()
            .filter(ScriptedContainer::running)
            .flatMap(c -> c.definition.dependsOn().stream())
            .anyMatch(gate -> gate.containerName().equals(container.definition.name()));
    if (container.running() && container.stopSignalAt == null && !needed) {
      container.stopSignalAt = now;
      return container.advance(now);
    }
    return false;
  }

  private boolean moveTask(Instant now) {
    if (desired == DesiredStatus.RUNNING) {
      Optional<ScriptedContainer> ender =
          containers.values().stream()
              .filter(c -> c.definition.essential() && c.stopped())
              .findFirst();
      if (ender.isPresent()) {
        desired = DesiredStatus.STOPPED;
        boolean ran = ender.get().startedAt != null;
        stopCode = ran ? StopCode.ESSENTIAL_CONTAINER_EXITED : StopCode.TASK_FAILED_TO_START;
        stoppedReason = ran ? "Essential container in task exited" : ender.get().reason;
        return true;
      }
      if (status == LastStatus.PENDING && all().noneMatch(ScriptedContainer::pending)) {
        status = LastStatus.RUNNING;
        startedAt = now;
        return true;
      }
      return false;
    }
    if (!stopped() && all().allMatch(ScriptedContainer::stopped)) {
      status = LastStatus.STOPPED;
      stoppedAt = now;
      return true;
    }
    return false;
  }

  private Stream<ScriptedContainer> all() {
    return containers.values().stream();
  }

  private void record() {
    history.add(
        new TaskDescription(
            arn,
            startedBy,
            history.size() + 1,
            status,
            desired,
            all().map(ScriptedContainer::describe).toList(),
            stopCode,
            stoppedReason,
            createdAt,
            startedAt,
            stoppedAt));
  }
}
