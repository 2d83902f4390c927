package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.START;
import static dev.audition.core.task.ContainerCondition.SUCCESS;
import static dev.audition.core.testkit.ContainerScript.cannotStart;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.testkit.ContainerScript;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What containers of ours do wrong is no fault of the composition, and worth another try. */
final class OwnTroubleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String STAGE = "audition-stage";
  private static final String KEEPER = "audition-keeper";
  private static final String WAIT = "audition-wait-1";
  private static final TaskDefinition TASK =
      task()
          .container(STAGE)
          .essential(KEEPER, waits(STAGE, SUCCESS))
          .container("db", waits(STAGE, SUCCESS), waits(KEEPER, START))
          .container(WAIT, waits(STAGE, SUCCESS), waits(KEEPER, START), waits("db", START))
          .container("test", waits(STAGE, SUCCESS), waits(KEEPER, START), waits(WAIT, SUCCESS))
          .build();

  private final World world = new World();

  OwnTroubleTest() {
    world.step(TASK, "test");
    world.runtime.script(STAGE, exits(0, SECOND)).script(WAIT, exits(0, SECOND));
    world.runtime.script(KEEPER, exits(0, SECOND.multipliedBy(10)));
    world.runtime.script("test", exits(0, SECOND));
  }

  private String reason() {
    return world.report().reason();
  }

  @Nested
  class Stage {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failingIsTriedAgainAndThenAnError(boolean marksDependents) {
      if (marksDependents) {
        world.runtime.marksDependents();
      } else {
        world.runtime.script(KEEPER, stays());
      }
      world.runtime.script(STAGE, exits(1, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(world.runtime.launched()).hasSize(3);
      assertThat(reason()).contains("audition-stage, which prepares the task, ended with 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failingOnceDoesNotShow(boolean deaf) {
      world.deaf = deaf;
      world.runtime.marksDependents().script(STAGE, 1, exits(1, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.runtime.launched()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "CannotPullContainerError: pull access denied for python, 1",
      "CannotPullContainerError: i/o timeout, 3",
    })
    void whoseImageIsNotToBeHadIsNotTheCompositionsFault(String why, int launches) {
      world.runtime.marksDependents().script(STAGE, cannotStart(why));
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(world.runtime.launched()).hasSize(launches);
      assertThat(reason()).contains("audition-stage, which prepares the task, could not start");
    }

    @Test
    void thatIsStoppedByOthersIsNotBlamed() {
      ContainerScript obeys = stays().stopping(SECOND, 143);
      world.runtime.script(STAGE, obeys);
      world.runtime.endsTask(1, SECOND.multipliedBy(2), StopCode.SPOT_INTERRUPTION, "gone");
      world.runtime.script(STAGE, 2, exits(0, SECOND));
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.progress.toString()).contains("tried again: its host went away (gone)");
    }
  }

  @Nested
  class Wait {
    @Test
    void thatIsKilledIsTriedAgain() {
      world.runtime.script(WAIT, 1, exits(137, SECOND)).script(KEEPER, 1, stays());
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.progress.toString())
          .contains("audition-wait-1, which waits for services to listen, ended with 137");
    }

    @Test
    void doesNotHideADeadServiceThatTheCandidateNeeds() {
      world.steps.clear();
      world.step(
          task()
              .container(STAGE)
              .essential(KEEPER, waits(STAGE, SUCCESS))
              .container("job", waits(KEEPER, START))
              .container(WAIT, waits(KEEPER, START))
              .container("test", waits("job", SUCCESS), waits(WAIT, SUCCESS))
              .build(),
          "test");
      world.runtime.script("job", exits(3, SECOND)).script(WAIT, exits(137, SECOND));
      world.runtime.script(KEEPER, stays());
      assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(reason()).contains("job exited 3");
    }
  }

  @Nested
  class Keeper {
    @ParameterizedTest
    @ValueSource(ints = {1, 67, 137})
    void thatFailsBeforeACandidateStartedIsTriedAgain(int exitCode) {
      world.runtime.script(KEEPER, 1, exits(exitCode, SECOND)).script(WAIT, 1, stays());
      assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(world.runtime.launched()).hasSize(2);
      assertThat(world.progress.toString())
          .contains("tried again: audition-keeper, which watches over the task, ended with");
    }

    @Test
    void thatFailsWhileACandidateRunsIsNotTriedAgain() {
      world.runtime.script(KEEPER, exits(67, SECOND.multipliedBy(5))).script("test", stays());
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(world.runtime.launched()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"64, 0, PASSED", "64, 2, FAILED", "67, 0, PASSED", "67, 2, FAILED"})
    void neverMasksAnExitThatWasSeen(int keeper, int candidate, Verdict verdict) {
      world.runtime.script(KEEPER, exits(keeper, SECOND.multipliedBy(5)));
      world.runtime.script("test", exits(candidate, SECOND));
      assertThat(world.play().verdict()).isEqualTo(verdict);
    }

    @Test
    void thatIsToldToStopLeavesTheVerdictToWhoeverSaidSo() {
      world.runtime.script(KEEPER, stays().stopping(SECOND, 143)).script("test", stays());
      world.runtime.endsTask(1, SECOND.multipliedBy(9), StopCode.USER_INITIATED, "by hand");
      assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
      assertThat(reason()).contains("somebody other than this run stopped its task (by hand)");
    }

    @Test
    void seesAWaitThatWasKilledAsNobodysFaultButOurs() {
      world
          .runtime
          .script(WAIT, exits(137, SECOND))
          .script(KEEPER, exits(65, SECOND.multipliedBy(4)));
      world.start();
      world.runtime.advance(Duration.ofMinutes(5));
      world.service.handle(World.ID, new TaskStateChanged(world.runtime.takeEvents().getLast()));
      assertThat(world.verdict()).isNull();
      assertThat(world.progress.toString())
          .contains("tried again: it waited for audition-wait-1 to exit 0");
    }
  }
}
