package dev.audition.core.testkit;

import static dev.audition.core.testkit.TaskEvents.stateOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.Behaviour.BecomesHealthy;
import dev.audition.core.testkit.Behaviour.EndsBeforeHealthy;
import dev.audition.core.testkit.Behaviour.Exits;
import dev.audition.core.testkit.Behaviour.Listens;
import dev.audition.core.testkit.Behaviour.NeverListens;
import dev.audition.core.testkit.Behaviour.RunsUntilStopped;
import dev.audition.core.testkit.Behaviour.StaysUnhealthy;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every task runtime makes of {@code dependsOn}. */
public interface DependsOnContract extends TaskRuntimeUnderTest {
  @Test
  default void startIsTrueOfAContainerThatHasEnded() {
    TaskArn task =
        launch(
            container("once", new Exits(4)),
            container("gate", new Exits(0)).after("once", ContainerCondition.COMPLETE),
            container("test", new Exits(0))
                .essential()
                .after("once", ContainerCondition.START)
                .after("gate", ContainerCondition.SUCCESS));

    assertThat(stateOf(events().awaitStopped(task), "test").exitCode()).isZero();
  }

  @Test
  default void successWaitsForTheEnd() {
    TaskArn task =
        launch(
            container("migrate", new Exits(0)),
            container("test", new Exits(0))
                .essential()
                .after("migrate", ContainerCondition.SUCCESS));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(Objects.requireNonNull(stateOf(stopped, "test").startedAt()))
        .isAfterOrEqualTo(Objects.requireNonNull(stateOf(stopped, "migrate").stoppedAt()));
  }

  @Test
  default void failedDependencyEndsItsDependentWithoutExitCode() {
    TaskArn task =
        launch(
            container("migrate", new Exits(5)),
            container("app", new RunsUntilStopped(0)).after("migrate", ContainerCondition.SUCCESS),
            container("test", new Exits(0)).essential().after("app", ContainerCondition.START));

    TaskDescription stopped = events().awaitStopped(task);

    ContainerDescription app = stateOf(stopped, "app");
    assertThat(app.exitCode()).isNull();
    assertThat(app.startedAt()).isNull();
    assertThat(app.reason())
        .startsWith("CannotStartContainerError: dependency graph: ")
        .contains("\"migrate\"")
        .contains("5");
    assertThat(stateOf(stopped, "test").reason()).contains("\"app\" never started");
    assertThat(stopped.stopCode()).isEqualTo(StopCode.TASK_FAILED_TO_START);
    assertThat(stopped.startedAt()).isNull();
  }

  @Test
  default void completeTakesAnyExitCode() {
    TaskArn task =
        launch(
            container("once", new Exits(9)),
            container("test", new Exits(0)).essential().after("once", ContainerCondition.COMPLETE));

    assertThat(stateOf(events().awaitStopped(task), "test").exitCode()).isZero();
  }

  @Test
  default void healthyWaitsForTheCheck() {
    TaskArn task =
        launch(
            container("db", new BecomesHealthy()),
            container("test", new Exits(0)).essential().after("db", ContainerCondition.HEALTHY));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    TaskDescription healthy =
        events()
            .await(
                task,
                "db is healthy",
                event -> stateOf(event, "db").health() == HealthStatus.HEALTHY);
    assertThat(stateOf(healthy, "db").ready()).isTrue();
    assertThat(stateOf(healthy, "test").startedAt()).isNull();
  }

  @Test
  default void unhealthySaysWhatTheCheckSaid() {
    TaskArn task =
        launch(
            container("db", new StaysUnhealthy()),
            container("test", new Exits(0)).essential().after("db", ContainerCondition.HEALTHY));

    ContainerDescription unhealthy =
        events()
            .awaitContainer(
                task, "db", "is unhealthy", db -> db.health() == HealthStatus.UNHEALTHY);

    assertThat(unhealthy.reason()).contains("no answer yet");
    assertThat(unhealthy.ready()).isFalse();
    assertThat(unhealthy.lastStatus()).isEqualTo(LastStatus.RUNNING);
    runtime().stop(task, "hopeless");
    assertThat(stateOf(events().awaitStopped(task), "test").startedAt()).isNull();
  }

  @Test
  default void endBeforeHealthyEndsTheDependent() {
    TaskArn task =
        launch(
            container("db", new EndsBeforeHealthy(0)),
            container("test", new Exits(0)).essential().after("db", ContainerCondition.HEALTHY));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stateOf(stopped, "test").exitCode()).isNull();
    assertThat(stateOf(stopped, "test").reason()).contains("\"db\" ended");
    assertThat(stateOf(stopped, "db").exitCode()).isZero();
  }

  @Test
  default void listeningWaitsForAPort() {
    TaskArn task =
        launch(
            container("web", new Listens(8080)),
            container("test", new Exits(0)).essential().after("web", ContainerCondition.LISTENING));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(stateOf(stopped, "web").ready()).isTrue();
    assertThat(events().of(task))
        .filteredOn(event -> !stateOf(event, "web").ready())
        .allMatch(event -> stateOf(event, "test").startedAt() == null);
  }

  @Test
  default void dependentsStartWhenTheLimitOfListeningHasPassed() {
    TaskArn task =
        launch(
            container("web", new NeverListens(8080)),
            container("test", new Exits(0)).essential().after("web", ContainerCondition.LISTENING));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(stateOf(stopped, "web").ready()).isFalse();
    assertThat(stateOf(stopped, "web").reason()).contains("8080").contains("all the same");
  }

  @Test
  default void dependencyOnNothingIsRefused() {
    LaunchAnswer answer =
        runtime()
            .launch(
                new Launch(
                    runId() + "/1/1/1",
                    runId(),
                    definition(
                        container("test", new Exits(0)).after("ghost", ContainerCondition.START))));

    assertThat(answer)
        .isInstanceOfSatisfying(
            LaunchAnswer.Refused.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(RefusalKind.COMPOSITION);
              assertThat(refused.reason()).contains("ghost");
            });
    assertThat(runtime().find(runId() + "/1/1/1")).isEmpty();
  }
}
