package dev.audition.core.testkit;

import static dev.audition.core.testkit.TaskEvents.stateOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.Behaviour.BecomesHealthy;
import dev.audition.core.testkit.Behaviour.Exits;
import dev.audition.core.testkit.Behaviour.HasNoCommand;
import dev.audition.core.testkit.Behaviour.HasNoImage;
import dev.audition.core.testkit.Behaviour.IgnoresStop;
import dev.audition.core.testkit.Behaviour.RunsUntilStopped;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every task runtime does alike: the semantics of ECS tasks. */
public interface TaskRuntimeContract extends DependsOnContract {
  @Test
  default void endOfAnEssentialContainerEndsTheTask() {
    TaskArn task =
        launch(
            container("db", new RunsUntilStopped(0)),
            container("test", new Exits(3)).essential().after("db", ContainerCondition.START));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stopped.stopCode()).isEqualTo(StopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(stopped.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(stopped.stoppedAt()).isNotNull();
    assertThat(stateOf(stopped, "test").exitCode()).isEqualTo(3);
    assertThat(stateOf(stopped, "test").reason()).isEmpty();
    assertThat(stateOf(stopped, "db").exitCode()).isZero();
  }

  @Test
  default void ownEndOfAContainerIsToldWhileTheTaskIsWantedRunning() {
    TaskArn task = launch(container("test", new Exits(0)).essential());

    events().awaitStopped(task);

    TaskDescription first =
        events().of(task).stream()
            .filter(event -> stateOf(event, "test").lastStatus() == LastStatus.STOPPED)
            .findFirst()
            .orElseThrow();
    assertThat(first.desiredStatus()).isEqualTo(DesiredStatus.RUNNING);
  }

  @Test
  default void taskWithoutEssentialContainersRunsUntilItIsStopped() {
    TaskArn task = launch(container("one", new Exits(0)), container("two", new Exits(1)));
    events().awaitStopped(task, "one");
    events().awaitStopped(task, "two");

    TaskDescription ended = runtime().describe(List.of(task)).getFirst();
    runtime().stop(task, "enough");

    assertThat(ended.lastStatus()).isEqualTo(LastStatus.RUNNING);
    assertThat(ended.desiredStatus()).isEqualTo(DesiredStatus.RUNNING);
    TaskDescription stopped = events().awaitStopped(task);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.USER_INITIATED);
    assertThat(stopped.stoppedReason()).isEqualTo("enough");
    assertThat(stateOf(stopped, "two").exitCode()).isEqualTo(1);
  }

  @Test
  default void taskRunsWhenEveryContainerHasBeenStarted() {
    TaskArn task =
        launch(
            container("slow", new BecomesHealthy()),
            container("late", new RunsUntilStopped(0)).after("slow", ContainerCondition.HEALTHY));

    TaskDescription running =
        events().await(task, "runs", event -> event.lastStatus() == LastStatus.RUNNING);

    assertThat(stateOf(running, "late").lastStatus()).isEqualTo(LastStatus.RUNNING);
    assertThat(running.startedAt()).isNotNull();
    assertThat(events().of(task))
        .filteredOn(event -> stateOf(event, "late").lastStatus() == LastStatus.PENDING)
        .allMatch(event -> event.lastStatus().compareTo(LastStatus.RUNNING) < 0)
        .anyMatch(event -> stateOf(event, "slow").lastStatus() == LastStatus.RUNNING);
  }

  @Test
  default void missingImageStopsTheContainerAndNoOther() {
    TaskArn task =
        launch(
            container("typo", new HasNoImage()),
            container("web", new RunsUntilStopped(0)),
            container("test", new Exits(0)).after("typo", ContainerCondition.START));

    ContainerDescription typo = events().awaitStopped(task, "typo");
    ContainerDescription test = events().awaitStopped(task, "test");
    events().awaitRunning(task, "web");

    assertThat(typo.exitCode()).isNull();
    assertThat(typo.startedAt()).isNull();
    assertThat(typo.reason()).startsWith("CannotPullContainerError: ");
    assertThat(test.exitCode()).isNull();
    assertThat(runtime().describe(List.of(task)).getFirst().desiredStatus())
        .isEqualTo(DesiredStatus.RUNNING);
    runtime().stop(task, "end of the test");
    events().awaitStopped(task);
  }

  @Test
  default void missingImageOfAnEssentialContainerIsAFailedStart() {
    TaskArn task = launch(container("test", new HasNoImage()).essential());

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stopped.stopCode()).isEqualTo(StopCode.TASK_FAILED_TO_START);
    assertThat(stateOf(stopped, "test").exitCode()).isNull();
  }

  @Test
  default void missingCommandIsNoExitCode() {
    TaskArn task = launch(container("test", new HasNoCommand()).essential());

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stopped.stopCode()).isEqualTo(StopCode.TASK_FAILED_TO_START);
    assertThat(stateOf(stopped, "test").exitCode()).isNull();
    assertThat(stateOf(stopped, "test").startedAt()).isNull();
    assertThat(stateOf(stopped, "test").reason()).startsWith("CannotStartContainerError: ");
  }

  @Test
  default void stopGoesAgainstTheDirectionOfDependencies() {
    TaskArn task =
        launch(
            container("db", new RunsUntilStopped(11)),
            container("app", new RunsUntilStopped(12)).after("db", ContainerCondition.START),
            container("test", new RunsUntilStopped(13)).after("app", ContainerCondition.START));
    events().awaitRunning(task, "test");

    runtime().stop(task, "cancelled");
    runtime().stop(task, "a later reason");

    TaskDescription stopped = events().awaitStopped(task);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.USER_INITIATED);
    assertThat(stopped.stoppedReason()).isEqualTo("cancelled");
    assertThat(stopped.containers())
        .extracting(ContainerDescription::exitCode)
        .containsExactly(11, 12, 13);
    assertThat(events().of(task))
        .filteredOn(event -> event.desiredStatus() == DesiredStatus.STOPPED)
        .allMatch(
            event ->
                stateOf(event, "db").lastStatus() != LastStatus.STOPPED
                    || stateOf(event, "app").lastStatus() == LastStatus.STOPPED)
        .allMatch(
            event ->
                stateOf(event, "app").lastStatus() != LastStatus.STOPPED
                    || stateOf(event, "test").lastStatus() == LastStatus.STOPPED);
  }

  @Test
  default void containerThatIgnoresItsStopSignalIsKilled() {
    TaskArn task = launch(container("deaf", new IgnoresStop()).stopTimeout(Duration.ofSeconds(1)));
    events().awaitRunning(task, "deaf");

    runtime().stop(task, "cancelled");

    assertThat(stateOf(events().awaitStopped(task), "deaf").exitCode()).isEqualTo(137);
  }

  @Test
  default void stopLeavesAWaitingContainerWithoutExitCode() {
    TaskArn task =
        launch(
            container("db", new RunsUntilStopped(0)),
            container("test", new Exits(0)).after("db", ContainerCondition.COMPLETE));
    events().awaitRunning(task, "db");

    runtime().stop(task, "cancelled");

    ContainerDescription test = stateOf(events().awaitStopped(task), "test");
    assertThat(test.lastStatus()).isEqualTo(LastStatus.STOPPED);
    assertThat(test.exitCode()).isNull();
    assertThat(test.startedAt()).isNull();
  }

  @Test
  default void stopOfATaskThatIsGoneDoesNothing() {
    runtime().stop(new TaskArn("arn:audition:local:task/unknown"), "cancelled");

    assertThat(runtime().describe(List.of(new TaskArn("arn:audition:local:task/unknown"))))
        .isEmpty();
  }

  @Test
  default void sameTokenLaunchesOnce() {
    TaskDefinition definition = definition(container("db", new RunsUntilStopped(0)));
    Launch launch = new Launch(runId() + "/1/1/1", runId() + "-token", definition);

    TaskArn first = launched(runtime().launch(launch));
    TaskArn second = launched(runtime().launch(launch));

    assertThat(second).isEqualTo(first);
    assertThat(runtime().find(runId() + "/1/1/1")).hasSize(1);
    runtime().stop(first, "end of the test");
    events().awaitStopped(first);
    assertThat(launched(runtime().launch(launch))).isEqualTo(first);
    assertThat(runtime().find(runId() + "/1/1/1")).hasSize(1);
  }

  @Test
  default void sameTokenForAnotherDefinitionIsRefused() {
    TaskArn first =
        launched(
            runtime()
                .launch(
                    new Launch(
                        runId() + "/1/1/1",
                        runId(),
                        definition(container("db", new RunsUntilStopped(0))))));

    LaunchAnswer second =
        runtime()
            .launch(
                new Launch(
                    runId() + "/1/1/1",
                    runId(),
                    definition(container("other", new RunsUntilStopped(0)))));

    assertThat(second)
        .isInstanceOfSatisfying(
            LaunchAnswer.Refused.class,
            refused -> assertThat(refused.kind()).isEqualTo(RefusalKind.OUTSIDE));
    runtime().stop(first, "end of the test");
    events().awaitStopped(first);
  }

  @Test
  default void everyChangeHasAVersionOfItsOwn() {
    TaskArn task =
        launch(
            container("db", new BecomesHealthy()),
            container("test", new Exits(0)).essential().after("db", ContainerCondition.HEALTHY));

    TaskDescription last = events().awaitStopped(task);

    List<Long> versions = events().of(task).stream().map(TaskDescription::version).toList();
    assertThat(versions).isNotEmpty().doesNotHaveDuplicates().isSorted();
    assertThat(runtime().describe(List.of(task))).containsExactly(last);
    assertThat(runtime().find(runId() + "/1/1/1")).containsExactly(last);
    assertThat(last.startedBy()).isEqualTo(runId() + "/1/1/1");
  }
}
