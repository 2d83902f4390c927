package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.testkit.ContainerScript.cannotStart;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.StopCode;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What failed outside of the composition is tried again until a candidate has started. */
final class TriedAgainTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final World world =
      new World()
          .step(task().container("db").essential("tests", waits("db", HEALTHY)).build(), "tests");

  TriedAgainTest() {
    world.runtime.script("tests", exits(0, Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @EnumSource(names = {"SPOT_INTERRUPTION", "TERMINATION_NOTICE", "INFRASTRUCTURE_HEALTH"})
  void aTaskThatLosesItsHostBeforeACandidateStartedIsLaunchedAgain(StopCode code) {
    world.runtime.script("db", 1, stays().healthy(null)).endsTask(1, SOON, code, "gone");
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(world.runtime.launched()).containsExactly("run-1/1/1/1", "run-1/1/1/2");
  }

  @ParameterizedTest
  @EnumSource(names = {"SPOT_INTERRUPTION", "TERMINATION_NOTICE", "INFRASTRUCTURE_HEALTH"})
  void aTaskThatLosesItsHostAfterwardsIsAnErrorAndNothingIsRepeated(StopCode code) {
    world.runtime.endsTask(1, SOON, code, "gone");
    assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(world.runtime.launched()).hasSize(1);
    assertThat(world.report().reason()).contains("its host went away (gone)");
  }

  @Test
  void aHostLostThreeTimesIsAnError() {
    world.runtime.script("db", stays().healthy(null));
    for (int attempt = 1; attempt <= 3; attempt++) {
      world.runtime.endsTask(attempt, SOON, StopCode.SPOT_INTERRUPTION, "spot");
    }
    assertThat(world.play().verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(world.runtime.launched()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): dial tcp"
            + " 44.208.254.194:443: i/o timeout",
        "CannotPullContainerError: context deadline exceeded",
        "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit",
        "Timeout waiting for network interface provisioning to complete.",
        "Capacity is unavailable at this time. Please try again later"
      })
  void aTaskThatCouldNotStartForWhatMayPassIsLaunchedAgain(String reason) {
    world.runtime.script("db", 1, cannotStart(reason));
    world.runtime.endsTask(1, Duration.ofMillis(1), StopCode.TASK_FAILED_TO_START, reason);
    assertThat(world.play().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(world.runtime.launched()).hasSize(2);
  }

  @Test
  void aLaunchThatCapacityRefusesIsTriedForAboutFiveMinutes() {
    for (int i = 0; i < 7; i++) {
      world.runtime.refuses(RefusalKind.CAPACITY, "Capacity is unavailable at this time");
    }
    Run run = world.play();
    assertThat(run.verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(run.times().endedAt())
        .isBetween(
            run.times().createdAt().plusSeconds(270), run.times().createdAt().plusSeconds(480));
    assertThat(world.report().reason()).contains("Capacity is unavailable");
    assertThat(world.runtime.launched()).isEmpty();
  }
}
