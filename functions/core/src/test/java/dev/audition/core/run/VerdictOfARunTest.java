package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.task.ContainerCondition.START;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.runsOutOfMemory;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every rule of the verdict, from the files' point of view. */
final class VerdictOfARunTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TaskDefinition DATABASE_AND_TESTS =
      task().container("db").essential("tests", waits("db", HEALTHY)).build();
  private static final TaskDefinition TWO_CANDIDATES =
      task().container("db").container("unit", waits("db", START)).container("e2e").build();

  private final World world = new World();

  private String reason() {
    return world.report().reason();
  }

  @Nested
  final class Candidates {
    @Test
    void exitZeroPasses() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("db", stays().healthy(Duration.ofSeconds(2)));
      world.runtime.script("tests", exits(0, SECOND.multipliedBy(3)));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(reason()).isEqualTo("tests exited 0 after 3 s.");
      assertThat(world.container("tests").outcome()).isEqualTo("exited");
      assertThat(world.container("tests").seconds()).isEqualTo(3.0);
      assertThat(world.container("db").outcome()).isEqualTo("stopped");
      assertThat(world.runtime.alive()).isEmpty();
    }

    @Test
    void anotherExitCodeFailsAndTheCandidateIsGuilty() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("tests", exits(3, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason()).isEqualTo("tests exited 3 after 1 s.");
      assertThat(world.report().steps().getFirst().guilty()).isEqualTo("tests");
    }

    @Test
    void severalMustAllExitZeroAndTheReasonNamesEach() {
      world.step(TWO_CANDIDATES, "unit", "e2e");
      world
          .runtime
          .script("unit", exits(0, SECOND))
          .script("e2e", exits(0, SECOND.multipliedBy(2)));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(reason()).isEqualTo("unit exited 0 after 1 s. e2e exited 0 after 2 s.");
      assertThat(world.runtime.alive()).isEmpty();
    }

    @Test
    void oneFailureDoesNotEndTheOthers() {
      world.step(TWO_CANDIDATES, "unit", "e2e");
      world
          .runtime
          .script("unit", exits(1, SECOND))
          .script("e2e", exits(0, SECOND.multipliedBy(9)));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason()).isEqualTo("unit exited 1 after 1 s. e2e exited 0 after 9 s.");
    }

    @Test
    void beingKilledForMemoryFails() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("tests", runsOutOfMemory(SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(world.container("tests").outcome()).isEqualTo("out-of-memory");
      assertThat(reason())
          .isEqualTo(
              "tests ran out of memory (limit 256 MiB) and was killed after 1 s (exit code 137).");
    }

    @Test
    void dyingByASignalOfItsOwnFails() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("tests", exits(139, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(world.container("tests").outcome()).isEqualTo("signalled");
      assertThat(reason()).isEqualTo("tests crashed with signal 11 (exit code 139) after 1 s.");
    }
  }

  @Nested
  final class Outside {
    @Test
    void aSpotInterruptionBeforeACandidateRanIsTriedAgain() {
      world.step(DATABASE_AND_TESTS, "tests");
      world
          .runtime
          .endsTask(1, SECOND, StopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.")
          .script("db", 1, stays().healthy(null))
          .script("tests", exits(0, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1", "run-1/1/1/2");
    }

    @Test
    void aSpotInterruptionOfARunningCandidateIsAnErrorAndNotTriedAgain() {
      world.step(DATABASE_AND_TESTS, "tests");
      world
          .runtime
          .endsTask(1, SECOND, StopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.")
          .script("tests", stays());
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(reason())
          .isEqualTo("tests was lost: its host went away (Your Spot Task was interrupted).");
      assertThat(world.container("tests").outcome()).isEqualTo("stopped");
      assertThat(world.runtime.launched()).hasSize(1);
    }

    @Test
    void anExitOfZeroUnderAnInterruptionIsNotTakenForAPass() {
      world.step(DATABASE_AND_TESTS, "tests");
      world
          .runtime
          .endsTask(1, SECOND, StopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.")
          .script("tests", stays().stopping(SECOND, 0));
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
    }

    @Test
    void aTaskThatVanishesIsLost() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.losesTask(1, SECOND).script("tests", stays());
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(reason())
          .isEqualTo("tests was lost: its task is gone: the runtime no longer knows it.");
      assertThat(world.container("tests").outcome()).isEqualTo("lost");
    }

    @Test
    void aStopBySomebodyElseIsAnError() {
      world.step(DATABASE_AND_TESTS, "tests");
      world
          .runtime
          .endsTask(1, SECOND, StopCode.USER_INITIATED, "Task stopped by alice")
          .script("tests", stays());
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(reason()).contains("somebody other than this run", "Task stopped by alice");
    }
  }

  @Nested
  final class Time {
    @Test
    void aStepThatOverstaysItsTimeoutIsTimedOutAndStopped() {
      world.step(DATABASE_AND_TESTS, "tests");
      assertThat(world.play().verdict()).isEqualTo(Verdict.TIMED_OUT);
      assertThat(reason())
          .isEqualTo("step step-1 did not end within 10 min. tests was still running (10 min).");
      assertThat(world.report().steps().getFirst().guilty()).isEqualTo("tests");
      assertThat(world.runtime.alive()).isEmpty();
    }

    @Test
    void theReasonOfATimeoutSaysWhatStillWaitedForWhat() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("db", stays().healthy(null));
      world.play();
      assertThat(reason())
          .isEqualTo(
              "step step-1 did not end within 10 min. tests still waited for db to be HEALTHY.");
      assertThat(world.report().steps().getFirst().guilty()).isEqualTo("db");
    }

    @Test
    void theRunsOwnTimeoutEndsEvenAStepWhoseFailureDoesNotCount() {
      world.timeout = Duration.ofMinutes(1);
      world.step(StepKinds.lenient(1, "tests"), DATABASE_AND_TESTS);
      world.step(StepKinds.composition(2, "tests"), DATABASE_AND_TESTS);
      assertThat(world.play().verdict()).isEqualTo(Verdict.TIMED_OUT);
      assertThat(world.report().steps().get(1).state()).isEqualTo("not run");
      assertThat(reason()).startsWith("Step step-1: the run did not end within 1 min.");
    }

    @Test
    void candidatesThatEndedInTimeCountHoweverLateThatIsSeen() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("tests", exits(0, SECOND));
      world.start();
      world.runtime.advance(Duration.ofHours(2));
      world.service.sweep(world.clock.instant());
      assertThat(world.verdict()).isEqualTo(Verdict.PASSED);
    }
  }

  @Nested
  final class Cancelling {
    @Test
    void aCancelEndsTheRunAndItsTask() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.start();
      world.pass(SECOND);
      world.service.cancel(World.ID, "Ctrl-C", "");
      assertThat(world.verdict()).isEqualTo(Verdict.CANCELLED);
      assertThat(reason()).isEqualTo("cancelled by Ctrl-C. tests was still running (1 s).");
      world.settle();
      assertThat(world.runtime.alive()).isEmpty();
    }

    @Test
    void aCancelThatComesAfterTheVerdictChangesNothing() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("tests", exits(0, SECOND));
      Run before = world.play();
      world.service.cancel(World.ID, "Ctrl-C", "");
      assertThat(world.run()).isEqualTo(before);
    }

    @Test
    void aLaunchWithoutAnAnswerIsNotWithdrawnButStoppedOnceItIsKnown() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.unavailable(1);
      world.start();
      world.runtime.unavailable(1);
      world.service.cancel(World.ID, "Ctrl-C", "");
      assertThat(world.verdict()).isEqualTo(Verdict.CANCELLED);
      assertThat(world.run().isPending("launch/1/1/1/1")).isTrue();
      world.settle();
      assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1");
      assertThat(world.runtime.alive()).isEmpty();
      assertThat(world.run().pending()).isEmpty();
    }
  }
}
