package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.task.TaskSize;
import dev.audition.core.testkit.ContainerDraft;
import dev.audition.core.testkit.TaskEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskStateTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final List<TaskDescription> told = new ArrayList<>();

  @Test
  void taskIsPendingUntilAllHaveBeenStarted() {
    TaskState state = state(draft("db"), draft("test").after("db", ContainerCondition.START));
    assertThat(state.describe().lastStatus()).isEqualTo(LastStatus.PROVISIONING);

    state.networkUp();
    assertThat(state.describe().lastStatus()).isEqualTo(LastStatus.PENDING);
    start(state, "db");
    assertThat(state.describe().lastStatus()).isEqualTo(LastStatus.PENDING);
    start(state, "test");

    assertThat(state.describe().lastStatus()).isEqualTo(LastStatus.RUNNING);
    assertThat(state.describe().startedAt()).isEqualTo(NOW);
  }

  @Test
  void everyChangeIsToldOnceAndInOrder() {
    TaskState state = state(draft("test").essential());
    state.networkUp();
    start(state, "test");
    state.stopped("test", 0, "", null);
    state.stopped("test", 1, "told too late", null);
    state.stop(StopCode.USER_INITIATED, "too late");

    assertThat(told).extracting(TaskDescription::version).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(told)
        .extracting(TaskDescription::lastStatus)
        .containsExactly(
            LastStatus.PENDING,
            LastStatus.RUNNING,
            LastStatus.RUNNING,
            LastStatus.STOPPING,
            LastStatus.STOPPED);
    assertThat(told.getLast().stopCode()).isEqualTo(StopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(told.getLast().containers().getFirst().exitCode()).isZero();
  }

  @Test
  void firstCauseOfAStopStays() {
    TaskState state = state(draft("db"), draft("test").essential());
    state.networkUp();
    start(state, "db");
    start(state, "test");
    state.stop(StopCode.USER_INITIATED, "cancelled");
    state.stopped("test", 143, "", null);
    state.stopped("db", 143, "", null);

    assertThat(state.describe().stopCode()).isEqualTo(StopCode.USER_INITIATED);
    assertThat(state.describe().stoppedReason()).isEqualTo("cancelled");
    assertThat(state.describe().lastStatus()).isEqualTo(LastStatus.STOPPED);
  }

  @Test
  void lossLeavesEndsThatAreKnownAlone() {
    TaskState state = state(draft("once"), draft("test").essential());
    state.networkUp();
    start(state, "once");
    start(state, "test");
    state.stopped("once", 4, "", null);

    state.lost("the engine went away");

    TaskDescription stopped = state.describe();
    assertThat(stopped.stopCode()).isEqualTo(StopCode.INFRASTRUCTURE_HEALTH);
    assertThat(TaskEvents.stateOf(stopped, "once").exitCode()).isEqualTo(4);
    assertThat(TaskEvents.stateOf(stopped, "test").exitCode()).isNull();
    assertThat(TaskEvents.stateOf(stopped, "test").reason()).isEqualTo("the engine went away");
  }

  @Test
  void lossInTheMiddleOfAStopKeepsTheCauseOfTheStop() {
    TaskState state = state(draft("test"));
    state.networkUp();
    start(state, "test");
    state.stop(StopCode.USER_INITIATED, "deadline");

    state.lost("the engine went away");

    assertThat(state.describe().stopCode()).isEqualTo(StopCode.USER_INITIATED);
    assertThat(state.describe().lastStatus()).isEqualTo(LastStatus.STOPPED);
  }

  @Test
  void restartForgetsWhatTheCheckSaid() {
    TaskState state = state(draft("db"));
    state.networkUp();
    start(state, "db");
    state.health("db", HealthStatus.HEALTHY, "");

    state.started("db", Optional::empty);

    assertThat(state.describe().containers().getFirst().health()).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(state.describe().containers().getFirst().restarts()).isEqualTo(1);
  }

  @Test
  void memoryOfARunningContainerIsWhatItUsedUpToNow() {
    TaskState state = state(draft("db"));
    state.networkUp();
    assertThat(state.awaitGate("db")).isEqualTo(new GateAnswer.Open());
    state.started("db", () -> Optional.of(64));
    assertThat(state.describe().containers().getFirst().peakMemoryMiB()).isEqualTo(64);

    state.stopped("db", 0, "", 80);

    assertThat(state.describe().containers().getFirst().peakMemoryMiB()).isEqualTo(80);
  }

  @Test
  void stopLetsWaitingContainersGoWithoutStarting() {
    TaskState state = state(draft("test"));

    state.stop(StopCode.USER_INITIATED, "cancelled");

    assertThat(state.awaitGate("test")).isEqualTo(new GateAnswer.Stopping());
    assertThat(state.awaitStopTurn("test")).isFalse();
    assertThat(state.describe().desiredStatus()).isEqualTo(DesiredStatus.STOPPED);
    assertThat(state.describe().lastStatus()).isEqualTo(LastStatus.STOPPED);
  }

  private static ContainerDraft draft(String name) {
    return ContainerDraft.of(name, "image:1");
  }

  private static void start(TaskState state, String container) {
    assertThat(state.awaitGate(container)).isEqualTo(new GateAnswer.Open());
    state.started(container, Optional::empty);
  }

  private TaskState state(ContainerDraft... containers) {
    TaskDefinition definition =
        new TaskDefinition(
            "state",
            new TaskSize(256, 512),
            Arrays.stream(containers).map(ContainerDraft::build).toList(),
            List.of(),
            new LinkedHashMap<>(),
            "");
    return new TaskState(
        new TaskArn("arn:audition:local:task/1"),
        new Launch("run/1/1/1", "token", definition),
        InstantSource.fixed(NOW),
        told::add);
  }
}
