package dev.audition.core.run;

import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RunServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TaskDefinition TASK = task().essential("tests").build();

  private final World world = new World();

  @Test
  void aCancelGetsThroughWhileAStepIsPreparedForLong() {
    world.step(TASK, "tests");
    CountDownLatch building = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    StepPreparation slow =
        new StepPreparation() {
          @Override
          public Prepared prepare(RunId run, int stepNumber) {
            building.countDown();
            await(cancelled);
            return world.preparation.prepare(run, stepNumber);
          }

          @Override
          public List<TaskDefinition> definitions(RunId run, int stepNumber) {
            return world.preparation.definitions(run, stepNumber);
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RunService service =
          new RunService(
              new RunPorts(world.store, world.runtime, slow), world.clock, threads, _ -> {});
      service.start(Run.of(World.ID, "audition.yml", null, world.steps, world.clock.instant()));
      await(building);
      service.cancel(World.ID, "Ctrl-C", "");
      assertThat(world.verdict()).isEqualTo(Verdict.CANCELLED);
      cancelled.countDown();
    }
    assertThat(world.run().pending()).isEmpty();
    assertThat(world.runtime.launched()).isEmpty();
  }

  @Test
  void aLaunchIsGivenTheValuesOfItsTaskAndTheDeadlineOfItsStep() {
    world.step(TASK, "tests");
    StepPreparation valued =
        new StepPreparation() {
          @Override
          public Prepared prepare(RunId run, int stepNumber) {
            return world.preparation.prepare(run, stepNumber);
          }

          @Override
          public List<TaskDefinition> definitions(RunId run, int stepNumber) {
            return world.preparation.definitions(run, stepNumber);
          }

          @Override
          public LaunchValues values(RunId run, int stepNumber, int taskNumber) {
            return LaunchValues.NONE.withFile(
                "tests", Map.of("TASK", stepNumber + "/" + taskNumber));
          }
        };
    RunService service =
        new RunService(
            new RunPorts(world.store, world.runtime, valued), world.clock, Runnable::run, _ -> {});

    service.start(Run.of(World.ID, "audition.yml", null, world.steps, world.clock.instant()));

    assertThat(world.runtime.launches())
        .singleElement()
        .satisfies(
            launch -> {
              assertThat(launch.values().file("tests")).containsEntry("TASK", "1/1");
              assertThat(launch.values().toString()).contains("TASK").doesNotContain("1/1");
              assertThat(launch.deadline())
                  .isEqualTo(world.run().step(1).orElseThrow().times().deadline())
                  .isNotNull();
            });
  }

  @Test
  void aTaskIsToldTheDeadlineOfTheWholeRunWhereThatComesFirst() {
    world.step(TASK, "tests");
    world.timeout = Duration.ofSeconds(90);
    Run run = world.start();

    assertThat(run.step(1).orElseThrow().times().deadline()).isAfter(run.deadline());
    assertThat(world.runtime.launches())
        .singleElement()
        .satisfies(launch -> assertThat(launch.deadline()).isEqualTo(run.deadline()));
  }

  @Test
  void aCommandThatIsBeingPerformedIsNotPerformedTwice() {
    world.step(TASK, "tests");
    CountDownLatch ready = new CountDownLatch(1);
    AtomicInteger prepared = new AtomicInteger();
    StepPreparation slow =
        new StepPreparation() {
          @Override
          public Prepared prepare(RunId run, int stepNumber) {
            prepared.incrementAndGet();
            await(ready);
            return world.preparation.prepare(run, stepNumber);
          }

          @Override
          public List<TaskDefinition> definitions(RunId run, int stepNumber) {
            return world.preparation.definitions(run, stepNumber);
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RunService service =
          new RunService(
              new RunPorts(world.store, world.runtime, slow), world.clock, threads, _ -> {});
      Run run = Run.of(World.ID, "audition.yml", null, world.steps, world.clock.instant());
      service.start(run);
      service.start(run);
      service.check(World.ID);
      ready.countDown();
      Eventually.within(PATIENCE, "a launch", () -> !world.runtime.launched().isEmpty());
    }
    assertThat(prepared).hasValue(1);
    assertThat(world.runtime.launched()).hasSize(1);
  }

  @Test
  void manyThreadsAndProcessesTellingTheSameComeToOneVerdict() {
    world.step(TASK, "tests");
    world.runtime.script("tests", exits(0, Duration.ofSeconds(1)));
    world.start();
    world.runtime.advance(Duration.ofMinutes(1));
    var events = world.runtime.takeEvents();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        RunService service = world.elsewhere();
        events.forEach(event -> threads.execute(() -> service.taskChanged(event)));
      }
    }
    assertThat(world.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(world.run().pending()).isEmpty();
  }

  @Test
  void aFaultInAPreparationIsAnErrorWithItsWords() {
    world.step(TASK, "tests");
    StepPreparation broken =
        new StepPreparation() {
          @Override
          public Prepared prepare(RunId run, int stepNumber) {
            throw new IllegalStateException("tasks: none (expected: one)");
          }

          @Override
          public List<TaskDefinition> definitions(RunId run, int stepNumber) {
            return List.of();
          }
        };
    new RunService(
            new RunPorts(world.store, world.runtime, broken),
            world.clock,
            Runnable::run,
            world.progress::add)
        .start(Run.of(World.ID, "audition.yml", null, world.steps, world.clock.instant()));
    assertThat(world.verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(world.report().reason()).contains("tasks: none (expected: one)");
  }

  @Test
  void aProcessThatLeavesKeepsItsCommandsPendingForTheNext() {
    world.step(TASK, "tests");
    world.runtime.script("tests", exits(0, Duration.ofSeconds(1)));
    ExecutorService closed = Executors.newVirtualThreadPerTaskExecutor();
    closed.close();
    new RunService(world.ports, world.clock, closed, _ -> {})
        .start(Run.of(World.ID, "audition.yml", null, world.steps, world.clock.instant()));
    assertThat(world.run().isPending("prepare/1/1")).isTrue();
    assertThat(world.settle().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aBatchOfEventsOfARunIsOneCommitWithTheSameVerdict() {
    world.step(TASK, "tests");
    world.runtime.script("tests", exits(1, Duration.ofSeconds(1)));
    world.start();
    world.runtime.advance(Duration.ofMinutes(1));
    long before = world.run().version();
    Run changed =
        world.service.tasksChanged(World.ID, world.runtime.takeEvents().reversed()).orElseThrow();
    assertThat(changed.version()).isEqualTo(before + 1);
    assertThat(world.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(world.service.tasksChanged(new RunId("run-9"), List.of())).isEmpty();
  }

  @Test
  void aTaskOfNobodyIsIgnored() {
    world.step(TASK, "tests");
    world.start();
    RunService other = new World().service;
    assertThat(world.runtime.takeEvents())
        .isNotEmpty()
        .allMatch(e -> other.taskChanged(e).isEmpty());
  }

  @Test
  void aRunThatIsNotStoredIsAFault() {
    assertThatThrownBy(() -> world.service.cancel(World.ID, "somebody", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run-1");
  }

  @Test
  void stepsAndTasksAreToldInOrder() {
    world.step(TASK, "tests");
    world.runtime.script("tests", exits(0, Duration.ofSeconds(1)));
    world.play();
    assertThat(world.progress.getFirst())
        .isEqualTo(new Progress.StepStarted(1, "step-1", ManualClock.START));
    assertThat(world.progress)
        .anyMatch(
            told ->
                told instanceof Progress.StepEnded ended
                    && ended.step().verdict() == Verdict.PASSED
                    && ended.step().candidates().getFirst().outcome().equals("exited"))
        .anyMatch(Progress.TaskChanged.class::isInstance);
  }

  @Test
  void aRunThatBreaksKeepsNoOtherFromBeingSwept() {
    world.step(TASK, "tests");
    world.runtime.script("tests", exits(0, Duration.ofSeconds(1)));
    world.deaf = true;
    world.start();
    MissingRuns store =
        new MissingRuns(world.store, List.of(new RunId("gone"), new RunId("gone-too")));
    RunService service =
        new RunService(
            new RunPorts(store, world.runtime, world.preparation),
            world.clock,
            Runnable::run,
            _ -> {});
    world.runtime.advance(Duration.ofMinutes(2));
    assertThatThrownBy(() -> service.sweep(world.clock.instant()))
        .hasMessageContaining("run: gone (")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(world.run().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aLaunchWhoseAnswerWasLostLongAgoIsFoundAndNotReplayed() {
    world.step(twoHours(), TASK);
    world.runtime.unavailable(1);
    world.start();
    String startedBy = new TaskKey(World.ID, 1, 1, 1).startedBy();
    // with another token a replay would make a second task
    world.runtime.launch(new TaskRuntime.Launch(startedBy, "forgotten", TASK));
    world.clock.advance(Duration.ofMinutes(31));
    world.service.sweep(world.clock.instant());
    assertThat(world.runtime.launched()).hasSize(1);
    assertThat(world.run().pending()).isEmpty();
    assertThat(world.run().steps().getFirst().tasks().getFirst().arn()).isNotNull();
  }

  @Test
  void aLaunchThatNeverHappenedIsTriedAgainWithAnotherToken() {
    world.step(twoHours(), TASK);
    world.runtime.unavailable(1).script("tests", exits(0, Duration.ofSeconds(1)));
    world.start();
    world.clock.advance(Duration.ofMinutes(31));
    assertThat(world.settle().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(world.run().steps().getFirst().tasks().getFirst().tryNumber()).isEqualTo(2);
  }

  private static StepSettings twoHours() {
    return new StepSettings(
        1,
        "step-1",
        StepSettings.Kind.COMPOSITION,
        Duration.ofHours(2),
        true,
        false,
        List.of("tests"),
        "");
  }

  @Test
  void tokensTellTriesApartAndFitIntoWhatRunTaskTakes() {
    TaskKey key = new TaskKey(World.ID, 1, 1, 1);
    assertThat(ClientToken.of(key, 1).value()).hasSize(64);
    assertThat(ClientToken.of(key, 1)).isEqualTo(ClientToken.of(key, 1));
    assertThat(ClientToken.of(key, 1)).isNotEqualTo(ClientToken.of(key, 2));
    assertThat(TaskKey.parse("run-1/1/1/1")).contains(key);
    assertThat(TaskKey.parse("ecs-svc/1234567890")).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
