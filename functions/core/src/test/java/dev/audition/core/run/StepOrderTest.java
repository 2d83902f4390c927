package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.START;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.run.port.StepPreparation.Prepared;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps one after the other; fail_fast and strict_fail_fast; preparation. */
final class StepOrderTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TaskDefinition UNIT = task().essential("unit").build();
  private static final TaskDefinition E2E = task().container("db").essential("e2e").build();

  private final World world = new World();

  private List<String> states() {
    return world.report().steps().stream()
        .map(step -> step.state() + (step.verdict() == null ? "" : " " + step.verdict()))
        .toList();
  }

  @Test
  void stepsRunInTheirOrderAndAllMustPass() {
    world.step(UNIT, "unit").step(E2E, "e2e");
    world.runtime.script("unit", exits(0, SECOND)).script("e2e", exits(0, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1", "run-1/2/1/1");
    assertThat(world.report().reason())
        .isEqualTo("Step step-1: unit exited 0 after 1 s. Step step-2: e2e exited 0 after 1 s.");
  }

  @Test
  void aFailureEndsTheRunAndTheRestIsNotRun() {
    world.step(UNIT, "unit").step(E2E, "e2e");
    world.runtime.script("unit", exits(1, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(states()).containsExactly("ended FAILED", "not run");
    assertThat(world.report().reason()).isEqualTo("Step step-1: unit exited 1 after 1 s.");
    assertThat(world.report().steps().get(1).reason()).isEqualTo("The run ended before it.");
  }

  @Test
  void withoutFailFastAFailureNeitherEndsTheRunNorCountsAndTheFirstLineNamesIt() {
    world.step(StepKinds.lenient(1, "unit"), UNIT).step(E2E, "e2e");
    world.runtime.script("unit", exits(1, SECOND)).script("e2e", exits(0, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(states()).containsExactly("ended FAILED", "ended PASSED");
    assertThat(world.report().reason())
        .isEqualTo(
            "Step step-1 FAILED, which does not count (fail_fast: false). Step step-2: e2e exited 0"
                + " after 1 s.");
    assertThat(world.report().steps()).extracting(StepReport::counts).containsExactly(false, true);
  }

  @Test
  void aStrictFailureGoesOnAndFailsTheRunAtTheEnd() {
    world.step(StepKinds.strict(1, "unit"), UNIT).step(E2E, "e2e");
    world.runtime.script("unit", exits(1, SECOND)).script("e2e", exits(0, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(states()).containsExactly("ended FAILED", "ended PASSED");
    assertThat(world.report().reason()).isEqualTo("Step step-1: unit exited 1 after 1 s.");
  }

  @Test
  void theFirstStepThatCountsDecidesNotTheWorst() {
    world.step(StepKinds.strict(1, "unit"), UNIT).step(E2E, "e2e");
    world.runtime.script("unit", exits(1, SECOND)).script("e2e", stays());
    assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(states()).containsExactly("ended FAILED", "ended TIMED_OUT");
  }

  @Test
  void aTimeoutOfAStepThatDoesNotCountDoesNotCountEither() {
    world.step(StepKinds.lenient(1, "unit"), UNIT).step(E2E, "e2e");
    world.runtime.script("unit", stays()).script("e2e", exits(0, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aCancelCountsWhateverTheStepSays() {
    world.step(StepKinds.lenient(1, "unit"), UNIT).step(E2E, "e2e");
    world.start();
    world.service.cancel(World.ID, "Ctrl-C", "");
    assertThat(world.settle().verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(states()).containsExactly("ended CANCELLED", "not run");
  }

  @Test
  void stepsThatDoNotRunArePassedOver() {
    world.step(StepKinds.skipped(1)).step(StepKinds.other(2)).step(E2E, "e2e");
    world.runtime.script("e2e", exits(0, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(states()).containsExactly("not run SKIPPED", "not run", "ended PASSED");
    assertThat(world.report().steps().get(1).reason()).isEqualTo("push steps are not run here.");
  }

  @Test
  void aRunOfWhichNothingRanIsSkippedAndNotPassed() {
    world.step(StepKinds.skipped(1)).step(StepKinds.other(2));
    assertThat(world.play().verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(world.report().reason()).isEqualTo("No step ran.");
  }

  @Test
  void theNextStepWaitsUntilTheTasksOfTheOneBeforeHaveStopped() {
    world.step(E2E, "e2e").step(UNIT, "unit");
    world
        .runtime
        .script("e2e", exits(0, SECOND))
        .script("db", stays().stopping(Duration.ofSeconds(8), 137))
        .script("unit", exits(0, SECOND));
    world.start();
    world.pass(SECOND);
    assertThat(world.run().status()).isEqualTo(RunStatus.CLEARING);
    assertThat(world.preparation.prepared()).containsExactly(1);
    world.pass(Duration.ofSeconds(8));
    assertThat(world.preparation.prepared()).containsExactly(1, 2);
    assertThat(world.settle().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aTaskThatNeverStopsDoesNotHoldTheNextStepUpForEver() {
    world.step(E2E, "e2e").step(UNIT, "unit");
    world
        .runtime
        .script("e2e", exits(0, SECOND))
        .script("db", stays().stopping(Duration.ofHours(3), 137))
        .script("unit", exits(0, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aCancelBetweenStepsEndsTheRun() {
    world.step(E2E, "e2e").step(UNIT, "unit");
    world
        .runtime
        .script("e2e", exits(0, SECOND))
        .script("db", stays().stopping(Duration.ofSeconds(8), 137));
    world.start();
    world.pass(SECOND);
    world.service.cancel(World.ID, "Ctrl-C", "");
    assertThat(world.verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(states()).containsExactly("ended PASSED", "not run");
    assertThat(world.report().reason()).isEqualTo("cancelled by Ctrl-C.");
  }

  @Test
  void aBuildStepPassesWhenItsImagesAreBuilt() {
    world.step(StepKinds.build(1)).step(UNIT, "unit");
    world.runtime.script("unit", exits(0, SECOND));
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(states()).containsExactly("ended PASSED", "ended PASSED");
    assertThat(world.preparation.prepared()).containsExactly(1, 2);
  }

  @Test
  void aBuildThatFailsFailsTheStep() {
    world.step(StepKinds.build(1)).step(UNIT, "unit");
    world.preparation.answers(1, new Prepared.BuildFailed("app", "RUN make: exit code 2"));
    assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(world.report().reason())
        .isEqualTo("Step step-1: The build of app failed: RUN make: exit code 2.");
  }

  @Test
  void whatIsRefusedOnlyNowIsRefusedAndNothingIsLaunched() {
    world.step(UNIT, "unit");
    Diagnostic warning =
        new Diagnostic(Severity.WARNING, Category.NO_EFFECT, null, "", "a warning", "");
    Diagnostic refusal =
        new Diagnostic(Severity.REFUSAL, Category.CLASH, null, "services.a", "port 80 twice", "");
    world.preparation.answers(1, new Prepared.Refused(List.of(refusal, warning)));
    assertThat(world.play().verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(world.report().reason()).isEqualTo("services.a: port 80 twice.");
    assertThat(world.runtime.launched()).isEmpty();
  }

  @Test
  void anEngineThatDoesNotAnswerIsAskedThreeTimes() {
    world.step(UNIT, "unit");
    Prepared unavailable = new Prepared.Unavailable("the registry does not answer");
    world.preparation.answers(1, unavailable).answers(1, unavailable).answers(1, unavailable);
    assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(world.preparation.prepared()).containsExactly(1, 1, 1);
    assertThat(world.report().reason()).isEqualTo("the registry does not answer.");
  }

  @Test
  void aStepOfSeveralTasksNeedsEveryCandidateOfAll() {
    world.step(
        StepKinds.composition(1, "unit", "e2e"),
        UNIT,
        task().container("db").essential("e2e", waits("db", START)).build());
    world.runtime.script("unit", exits(0, SECOND)).script("e2e", exits(4, SECOND.multipliedBy(3)));
    assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1", "run-1/1/2/1");
    assertThat(world.report().reason())
        .isEqualTo("e2e exited 4 after 3 s. unit exited 0 after 1 s.");
  }

  @Test
  void aRefusedTaskEndsItsSiblings() {
    world.step(StepKinds.composition(1, "unit", "e2e"), UNIT, E2E);
    world.runtime.refuses(RefusalKind.COMPOSITION, "no");
    assertThat(world.play().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(world.runtime.alive()).isEmpty();
  }

  @Test
  void aTaskWithoutACandidateIsAnErrorOfOurs() {
    world.step(UNIT, "nobody");
    assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(world.runtime.launched()).isEmpty();
  }

  @Test
  void warningsOfThePreparationAreKept() {
    world.step(UNIT, "unit");
    world.preparation.answers(1, new Prepared.Ready(List.of(UNIT), List.of("no amd64 image")));
    world.runtime.script("unit", exits(0, SECOND));
    world.play();
    assertThat(world.report().warnings()).containsExactly("no amd64 image");
  }
}
