package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.task.ContainerCondition.LISTENING;
import static dev.audition.core.task.ContainerCondition.START;
import static dev.audition.core.task.ContainerCondition.SUCCESS;
import static dev.audition.core.testkit.ContainerScript.cannotStart;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.runsOutOfMemory;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
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

  private ContainerReport container(String name) {
    return world.report().steps().stream()
        .flatMap(
            step ->
                java.util.stream.Stream.concat(
                    step.candidates().stream(), step.services().stream()))
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
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
      assertThat(container("tests").outcome()).isEqualTo("exited");
      assertThat(container("tests").seconds()).isEqualTo(3.0);
      assertThat(container("db").outcome()).isEqualTo("stopped");
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
      assertThat(container("tests").outcome()).isEqualTo("out-of-memory");
      assertThat(reason())
          .isEqualTo(
              "tests ran out of memory (limit 256 MiB) and was killed after 1 s (exit code 137).");
    }

    @Test
    void dyingByASignalOfItsOwnFails() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("tests", exits(139, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(container("tests").outcome()).isEqualTo("signalled");
      assertThat(reason()).isEqualTo("tests crashed with signal 11 (exit code 139) after 1 s.");
    }
  }

  @Nested
  final class Services {
    @Test
    void deathOfAServiceDoesNotFailTheRunAndIsShown() {
      world.step(task().container("helper").essential("tests").build(), "tests");
      world.runtime.script("helper", exits(3, SECOND));
      world.runtime.script("tests", exits(0, SECOND.multipliedBy(5)));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(reason())
          .isEqualTo(
              "tests exited 0 after 5 s. Service helper exited 3 after 1 s, which decides"
                  + " nothing.");
      assertThat(container("helper").outcome()).isEqualTo("exited");
      assertThat(container("helper").exitCode()).isEqualTo(3);
    }

    @Test
    void lackOfMemoryInAServiceAloneIsOnlyShown() {
      world.step(task().container("helper").essential("tests").build(), "tests");
      world.runtime.script("helper", runsOutOfMemory(SECOND));
      world.runtime.script("tests", exits(0, SECOND.multipliedBy(5)));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(container("helper").outcome()).isEqualTo("out-of-memory");
    }

    @Test
    void anUnhealthyServiceThatIsAwaitedEndsTheRunAtOnce() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("db", stays().unhealthy(Duration.ofSeconds(12)));
      Run run = world.play();
      assertThat(run.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason())
          .isEqualTo(
              "tests never started: it waited for db to be HEALTHY; db is unhealthy 12 s after its"
                  + " start.");
      assertThat(world.report().steps().getFirst().guilty()).isEqualTo("db");
      assertThat(Duration.between(run.times().startedAt(), run.times().endedAt()))
          .isEqualTo(Duration.ofSeconds(12));
      assertThat(container("tests").outcome()).isEqualTo("never-started");
      assertThat(world.runtime.alive()).isEmpty();
    }

    @Test
    void theVerdictDoesNotWaitForTheTeardown() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("db", stays().unhealthy(SECOND).stopping(Duration.ofSeconds(10), 137));
      world.start();
      world.pass(SECOND);
      assertThat(world.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(world.run().status()).isEqualTo(RunStatus.ENDED);
      assertThat(world.runtime.alive()).hasSize(1);
      world.settle();
      assertThat(world.runtime.alive()).isEmpty();
    }

    @Test
    void aMigrationThatFailsKeepsTheCandidateFromRunning() {
      world.step(
          task()
              .container("migrate")
              .container("app", waits("migrate", SUCCESS))
              .essential("tests", waits("app", START))
              .build(),
          "tests");
      world.runtime.script("migrate", exits(2, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason())
          .isEqualTo(
              "tests never started: it waited for app to start, and app for migrate to exit 0;"
                  + " migrate exited 2 after 1 s.");
      assertThat(world.report().steps().getFirst().guilty()).isEqualTo("migrate");
    }

    @Test
    void aMigrationThatSucceedsOpensTheWay() {
      world.step(
          task().container("migrate").essential("tests", waits("migrate", SUCCESS)).build(),
          "tests");
      world.runtime.script("migrate", exits(0, SECOND)).script("tests", exits(0, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aDatabaseThatDiesOfMemoryBeforeItIsHealthyIsToBlame() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("db", runsOutOfMemory(SECOND).healthy(null));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason())
          .contains("db ran out of memory (limit 256 MiB) and was killed after 1 s");
    }

    @Test
    void aServiceThatDoesNotListenIsNamedAndItsDependentsStartAllTheSame() {
      world.step(
          task().dialled("api").essential("tests", waits("api", LISTENING)).build(), "tests");
      world.runtime.script("api", stays().listens(null)).script("tests", exits(0, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(reason())
          .isEqualTo(
              "tests exited 0 after 1 s. api did not listen on 8080 within 1 min; tests started all"
                  + " the same.");
      assertThat(world.report().warnings())
          .containsExactly("api did not listen on 8080 within 1 min; tests started all the same");
    }

    @Test
    void aServiceThatEndsBeforeItListensLetsItsDependentsStart() {
      world.step(
          task().dialled("api").essential("tests", waits("api", LISTENING)).build(), "tests");
      world.runtime.script("api", exits(1, SECOND).listens(null)).script("tests", exits(7, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason())
          .isEqualTo(
              "tests exited 7 after 1 s. Service api exited 1 after 1 s, which decides nothing. api"
                  + " ended before it listened on 8080; tests started all the same.");
    }
  }

  @Nested
  final class Starting {
    @Test
    void anImageThatDoesNotExistFailsAndIsNotTriedAgain() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script(
          "tests",
          cannotStart(
              "CannotPullContainerError: manifest for image:tests not found: manifest unknown"));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason())
          .isEqualTo(
              "tests never started: CannotPullContainerError: manifest for image:tests not found:"
                  + " manifest unknown. Check the image's name and tag.");
      assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1");
    }

    @Test
    void anImageOfAServiceThatIsDeniedFails() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("db", cannotStart("CannotPullContainerError: pull access denied for x"));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason())
          .startsWith("tests never started: it waited for db to be HEALTHY; db never");
    }

    @Test
    void aBusyRegistryIsTriedAgainAndThePassStands() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("db", 1, cannotStart("CannotPullContainerError: toomanyrequests"));
      world.runtime.script("tests", exits(0, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1", "run-1/1/1/2");
      assertThat(world.runtime.alive()).isEmpty();
      assertThat(world.progress)
          .contains(
              new Progress.Said(
                  "step-1: tried again: it waited for db to be HEALTHY; db never started:"
                      + " CannotPullContainerError: toomanyrequests. Log in to the registry, or use"
                      + " a mirror of it"));
    }

    @Test
    void aBusyRegistryThatStaysBusyIsAnErrorAfterThreeAttempts() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.script("tests", cannotStart("CannotPullContainerError: toomanyrequests"));
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(world.runtime.launched())
          .containsExactly("run-1/1/1/1", "run-1/1/1/2", "run-1/1/1/3");
      assertThat(world.runtime.alive()).isEmpty();
    }

    @Test
    void aCauseFromOutsideWaitsForACandidateThatMayStillFail() {
      world.step(task().container("unit").container("e2e").build(), "unit", "e2e");
      world
          .runtime
          .script("unit", cannotStart("CannotPullContainerError: i/o timeout"))
          .script("e2e", exits(1, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(world.runtime.launched()).hasSize(1);
    }

    @Test
    void theAgentsExitCodeForAFailedDependencyIsNoExitCode() {
      world.step(task().container("db").container("tests", waits("db", SUCCESS)).build(), "tests");
      world.runtime.marksDependents().script("db", exits(1, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(container("tests").outcome()).isEqualTo("never-started");
      assertThat(reason()).contains("it waited for db to exit 0; db exited 1");
    }

    @Test
    void aLaunchThatTheCompositionMakesImpossibleFails() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.refuses(RefusalKind.COMPOSITION, "the mount /data is taken twice");
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason()).isEqualTo("The task was not launched: the mount /data is taken twice.");
    }

    @Test
    void aLaunchRefusedForGoodFromOutsideIsAnError() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.refuses(RefusalKind.OUTSIDE, "access denied");
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
    }

    @Test
    void aLaunchRefusedForCapacityIsTriedAgain() {
      world.step(DATABASE_AND_TESTS, "tests");
      world.runtime.refuses(RefusalKind.CAPACITY, "full").refuses(RefusalKind.CAPACITY, "full");
      world.runtime.script("tests", exits(0, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1");
    }

    @Test
    void capacityThatNeverComesIsAnError() {
      world.step(DATABASE_AND_TESTS, "tests");
      for (int i = 0; i < 20; i++) {
        world.runtime.refuses(RefusalKind.CAPACITY, "no room");
      }
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(reason()).isEqualTo("The task was not launched: no room.");
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
      assertThat(container("tests").outcome()).isEqualTo("stopped");
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
      assertThat(container("tests").outcome()).isEqualTo("lost");
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
