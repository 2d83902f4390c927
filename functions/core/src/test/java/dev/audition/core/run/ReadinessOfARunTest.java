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

import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What services and starting have to do with the verdict. */
final class ReadinessOfARunTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TaskDefinition DATABASE_AND_TESTS =
      task().container("db").essential("tests", waits("db", HEALTHY)).build();

  private final World world = new World();

  private String reason() {
    return world.report().reason();
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
      assertThat(world.container("helper").outcome()).isEqualTo("exited");
      assertThat(world.container("helper").exitCode()).isEqualTo(3);
    }

    @Test
    void lackOfMemoryInAServiceAloneIsOnlyShown() {
      world.step(task().container("helper").essential("tests").build(), "tests");
      world.runtime.script("helper", runsOutOfMemory(SECOND));
      world.runtime.script("tests", exits(0, SECOND.multipliedBy(5)));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.container("helper").outcome()).isEqualTo("out-of-memory");
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
      assertThat(world.container("tests").outcome()).isEqualTo("never-started");
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
      assertThat(world.container("tests").outcome()).isEqualTo("never-started");
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
}
