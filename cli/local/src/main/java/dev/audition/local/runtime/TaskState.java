package dev.audition.local.runtime;

import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.local.runtime.ContainerState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one task and the rules by which ECS moves it: what waits, what an essential
 * container's end does, when a task runs, stops and has stopped. Knows no engine; every change is
 * told, in order, with a version of its own.
 */
final class TaskState {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TaskArn arn;
  private final Launch launch;
  private final InstantSource clock;
  private final Consumer<TaskDescription> changes;
  private final Map<String, ContainerState> containers = new LinkedHashMap<>();
  private final Instant createdAt;

  private long version = 1;
  private boolean networkUp;
  private boolean abandoned;
  private DesiredStatus desiredStatus = DesiredStatus.RUNNING;
  private @Nullable StopCode stopCode;
  private String stoppedReason = "";
  private @Nullable Instant startedAt;
  private @Nullable Instant stoppedAt;

  /**
   * Make the state of a task that was just launched.
   *
   * @param changes takes each description; called under a lock, so it only passes it on
   */
  TaskState(TaskArn arn, Launch launch, InstantSource clock, Consumer<TaskDescription> changes) {
    this.arn = arn;
    this.launch = launch;
    this.clock = clock;
    this.changes = changes;
    this.createdAt = clock.instant();
    for (ContainerDefinition definition : launch.definition().containers()) {
      containers.put(definition.name(), new ContainerState(definition));
    }
  }

  Launch launch() {
    return launch;
  }

  TaskArn arn() {
    return arn;
  }

  /** Tell the first version. */
  void announce() {
    lock.lock();
    try {
      changes.accept(snapshot());
    } finally {
      lock.unlock();
    }
  }

  TaskDescription describe() {
    lock.lock();
    try {
      return snapshot();
    } finally {
      lock.unlock();
    }
  }

  /** The network namespace is there: containers may start. */
  void networkUp() {
    change(() -> networkUp = true);
  }

  /**
   * Wait until a container may start, cannot, or need not; when it may, it counts as starting, and
   * a stop waits until it is known what came of that.
   */
  GateAnswer awaitGate(String container) {
    lock.lock();
    try {
      ContainerState state = container(container);
      while (true) {
        GateAnswer answer = gate(state);
        switch (answer) {
          case GateAnswer.Waiting _ -> changed.awaitUninterruptibly();
          case GateAnswer.Open _ -> {
            state.phase = Phase.STARTING;
            return answer;
          }
          case GateAnswer.Never _, GateAnswer.Stopping _ -> {
            return answer;
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private GateAnswer gate(ContainerState state) {
    if (stopping() || state.stopped()) {
      return new GateAnswer.Stopping();
    }
    GateAnswer answer =
        Gates.decide(state.definition.dependsOn(), name -> container(name).target());
    return answer instanceof GateAnswer.Open && !networkUp ? new GateAnswer.Waiting() : answer;
  }

  /**
   * It runs; again, if it had been started before.
   *
   * @param memory the peak up to now, in MiB
   */
  void started(String container, Supplier<Optional<Integer>> memory) {
    change(
        container,
        state -> {
          state.memory = memory;
          if (state.startedAt == null) {
            state.startedAt = clock.instant();
          } else {
            state.restarts++;
          }
          state.phase = Phase.RUNNING;
          state.health = HealthStatus.UNKNOWN;
          state.ready =
              state.definition.healthCheck() == null && state.definition.listening() == null;
        });
  }

  /** Its check has decided; why, if it is unhealthy. */
  void health(String container, HealthStatus health, String why) {
    change(
        container,
        state -> {
          state.health = health;
          state.ready = health == HealthStatus.HEALTHY;
          state.reason = why;
        });
  }

  /** One of its ports accepts connections. */
  void listens(String container) {
    change(container, state -> state.ready = true);
  }

  /** None of its ports accepted a connection within the limit. */
  void limitPassed(String container, String why) {
    change(
        container,
        state -> {
          state.limitPassed = true;
          state.addReason(why);
        });
  }

  /** It has ended; without exit code if it never started. */
  void stopped(String container, @Nullable Integer exitCode, String why, @Nullable Integer peak) {
    change(
        container,
        state -> {
          state.peakMemoryMiB = peak;
          state.stop(clock.instant(), exitCode, why);
        });
  }

  /** Stop the task; the first cause stays. */
  void stop(StopCode code, String why) {
    lock.lock();
    try {
      if (!stopping()) {
        change(() -> stopping(code, why));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whatever still ran is lost: nobody knows how it ended. */
  void lost(String why) {
    change(
        () -> {
          if (desiredStatus == DesiredStatus.RUNNING) {
            stopping(StopCode.INFRASTRUCTURE_HEALTH, why);
          }
          for (ContainerState state : containers.values()) {
            if (!state.stopped()) {
              state.stop(clock.instant(), null, why);
            }
          }
        });
  }

  /** Let everything that waits go; nothing is told any more. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Return whether the task is being stopped, has stopped or is nobody's any more. */
  boolean stopping() {
    lock.lock();
    try {
      return abandoned || desiredStatus == DesiredStatus.STOPPED;
    } finally {
      lock.unlock();
    }
  }

  /** Return whether {@link #abandon} was called. */
  boolean abandoned() {
    lock.lock();
    try {
      return abandoned;
    } finally {
      lock.unlock();
    }
  }

  /** Return the containers that have been started, ended ones among them. */
  List<ContainerDefinition> startedContainers() {
    lock.lock();
    try {
      return containers.values().stream()
          .filter(state -> state.startedAt != null)
          .map(state -> state.definition)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Wait until the task is being stopped, but no longer than this. */
  void awaitStopping(Duration atMost) {
    lock.lock();
    try {
      long nanos = atMost.toNanos();
      while (!stopping() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Wait until it is a container's turn to be stopped: the task is stopping and everything that
   * depends on it has ended. False if there is nothing to stop.
   */
  boolean awaitStopTurn(String container) {
    lock.lock();
    try {
      ContainerState state = container(container);
      while (!abandoned && !state.stopped()) {
        if (desiredStatus == DesiredStatus.STOPPED
            && state.phase == Phase.RUNNING
            && dependents(container).stream().allMatch(ContainerState::stopped)) {
          return true;
        }
        changed.awaitUninterruptibly();
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Collection<ContainerState> dependents(String container) {
    return containers.values().stream()
        .filter(
            state ->
                state.definition.dependsOn().stream()
                    .anyMatch(dependency -> dependency.containerName().equals(container)))
        .toList();
  }

  private void change(String container, Consumer<ContainerState> what) {
    lock.lock();
    try {
      ContainerState state = container(container);
      if (!state.stopped()) {
        change(() -> what.accept(state));
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      if (stoppedAt != null || abandoned) {
        return;
      }
      what.run();
      if (startedAt == null && desiredStatus == DesiredStatus.RUNNING && allStarted()) {
        startedAt = clock.instant();
      }
      tell();
      followEssential();
      finish();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The end is told before what follows from it, so that it is seen while RUNNING was desired. */
  private void followEssential() {
    if (desiredStatus == DesiredStatus.STOPPED) {
      return;
    }
    for (ContainerState state : containers.values()) {
      if (state.definition.essential() && state.stopped()) {
        if (state.startedAt == null) {
          stopping(StopCode.TASK_FAILED_TO_START, "Task failed to start");
        } else {
          stopping(StopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
        }
        tell();
        return;
      }
    }
  }

  private void stopping(StopCode code, String why) {
    desiredStatus = DesiredStatus.STOPPED;
    stopCode = code;
    stoppedReason = why;
    for (ContainerState state : containers.values()) {
      if (state.phase == Phase.WAITING) {
        state.stop(clock.instant(), null, "");
      }
    }
  }

  private void finish() {
    if (desiredStatus == DesiredStatus.STOPPED
        && containers.values().stream().allMatch(ContainerState::stopped)) {
      stoppedAt = clock.instant();
      tell();
    }
  }

  private void tell() {
    version++;
    changes.accept(snapshot());
  }

  /** An essential container that never started is a start that failed. */
  private boolean allStarted() {
    return networkUp
        && containers.values().stream()
            .allMatch(
                state ->
                    state.phase == Phase.RUNNING
                        || (state.stopped()
                            && (state.startedAt != null || !state.definition.essential())));
  }

  private LastStatus lastStatus() {
    if (stoppedAt != null) {
      return LastStatus.STOPPED;
    }
    if (desiredStatus == DesiredStatus.STOPPED) {
      return LastStatus.STOPPING;
    }
    if (!networkUp) {
      return LastStatus.PROVISIONING;
    }
    return allStarted() ? LastStatus.RUNNING : LastStatus.PENDING;
  }

  private TaskDescription snapshot() {
    return new TaskDescription(
        arn,
        launch.startedBy(),
        version,
        lastStatus(),
        desiredStatus,
        containers.values().stream().map(ContainerState::describe).toList(),
        stopCode,
        stoppedReason,
        createdAt,
        startedAt,
        stoppedAt);
  }

  private ContainerState container(String name) {
    ContainerState state = containers.get(name);
    if (state == null) {
      throw new IllegalArgumentException(
          "container: %s (expected: one of %s)".formatted(name, containers.keySet()));
    }
    return state;
  }
}
