package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.task.ContainerCondition.START;
import static dev.audition.core.testkit.ContainerScript.cannotStart;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.ContainerScript;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that a keeper ends, seen only when they have stopped: every other event was lost. */
final class KeeperTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String KEEPER = "audition-keeper";
  private static final TaskDefinition TASK =
      task()
          .essential(KEEPER)
          .container("db", waits(KEEPER, START))
          .container("unit", waits(KEEPER, START))
          .container("e2e", waits(KEEPER, START), waits("db", HEALTHY))
          .build();

  private final World world = new World();

  private Verdict lastEventAlone(int keeperExitCode) {
    world.step(TASK, "unit", "e2e");
    world.runtime.script(KEEPER, exits(keeperExitCode, SECOND.multipliedBy(10)));
    world.start();
    world.runtime.advance(Duration.ofMinutes(5));
    TaskDescription last = world.runtime.takeEvents().getLast();
    world.service.handle(World.ID, new TaskStateChanged(last));
    return Objects.requireNonNull(world.verdict());
  }

  @ParameterizedTest
  @CsvSource({"0", "64"})
  void afterItsNormalEndTheCandidatesExitCodesCount(int exitCode) {
    world.runtime.script("unit", exits(0, SECOND)).script("e2e", exits(0, SECOND));
    assertThat(lastEventAlone(exitCode)).isEqualTo(Verdict.PASSED);
  }

  @Test
  void oneThatFailedFails() {
    world.runtime.script("unit", exits(0, SECOND)).script("e2e", exits(2, SECOND));
    assertThat(lastEventAlone(0)).isEqualTo(Verdict.FAILED);
  }

  @Test
  void hopelessForTheCompositionFailsAndSaysWhy() {
    world.runtime.script("unit", exits(0, SECOND)).script("db", stays().unhealthy(SECOND));
    assertThat(lastEventAlone(65)).isEqualTo(Verdict.FAILED);
    assertThat(world.report().reason())
        .contains("e2e never started: it waited for db to be HEALTHY; db ");
  }

  /**
   * Events of ECS say nothing of health, and may say the containers' ends with the keeper's or
   * later.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatEventsDoNotTellOfHealthIsConcluded(boolean othersEnded) {
    world.step(TASK, "unit", "e2e");
    world.runtime.script("unit", exits(0, SECOND)).script("db", stays().unhealthy(SECOND));
    world.runtime.script(KEEPER, exits(65, SECOND.multipliedBy(10)));
    world.start();
    world.runtime.advance(Duration.ofMinutes(5));
    TaskDescription event =
        world.runtime.takeEvents().stream()
            .filter(seen -> othersEnded == (seen.lastStatus() == LastStatus.STOPPED))
            .filter(KeeperTest::keeperEnded)
            .findFirst()
            .orElseThrow();

    world.service.handle(World.ID, new TaskStateChanged(withoutHealth(event)));

    assertThat(world.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(world.report().reason())
        .contains("e2e never started: it waited for db to be HEALTHY; db never was")
        .doesNotContain(KEEPER);
  }

  private static boolean keeperEnded(TaskDescription seen) {
    return seen.containers().stream()
        .anyMatch(c -> c.name().equals(KEEPER) && c.lastStatus() == LastStatus.STOPPED);
  }

  private static TaskDescription withoutHealth(TaskDescription seen) {
    return with(seen, KeeperTest::withoutHealth);
  }

  private static TaskDescription with(
      TaskDescription seen, UnaryOperator<ContainerDescription> change) {
    return new TaskDescription(
        seen.taskArn(),
        seen.startedBy(),
        seen.version(),
        seen.lastStatus(),
        seen.desiredStatus(),
        seen.containers().stream().map(change).toList(),
        seen.stopCode(),
        seen.stoppedReason(),
        seen.createdAt(),
        seen.startedAt(),
        seen.stoppedAt());
  }

  private static ContainerDescription withoutHealth(ContainerDescription seen) {
    return new ContainerDescription(
        seen.name(),
        seen.lastStatus(),
        seen.exitCode(),
        seen.reason().startsWith("health") ? "" : seen.reason(),
        HealthStatus.UNKNOWN,
        false,
        seen.startedAt(),
        seen.stoppedAt(),
        seen.restarts(),
        seen.peakMemoryMiB());
  }

  @Test
  void hopelessForACauseFromOutsideIsAnError() {
    world
        .runtime
        .script("unit", exits(0, SECOND))
        .script("db", cannotStart("CannotPullContainerError: i/o timeout"));
    assertThat(lastEventAlone(65)).isEqualTo(Verdict.ERRORED);
  }

  @Test
  void theDeadlineInsideOfTheTaskIsATimeout() {
    world.runtime.script("unit", exits(1, SECOND));
    assertThat(lastEventAlone(66)).isEqualTo(Verdict.TIMED_OUT);
  }

  @ParameterizedTest
  @CsvSource({"67", "1", "137"})
  void anythingElseIsAFaultOfOurs(int exitCode) {
    world.runtime.script("unit", stays().stopping(SECOND, 0));
    assertThat(lastEventAlone(exitCode)).isEqualTo(Verdict.ERRORED);
    assertThat(world.report().reason()).contains("audition-keeper, which watches over the task");
  }

  @Test
  void whatACandidateDoesWhenItIsToldToStopDoesNotCount() {
    ContainerScript obeys = stays().stopping(SECOND, 0);
    world.runtime.script("unit", obeys).script("e2e", obeys);
    assertThat(lastEventAlone(66)).isEqualTo(Verdict.TIMED_OUT);
  }

  /** A container that is STOPPED may get its exit code with a later event, or with none. */
  @ParameterizedTest
  @CsvSource({"true, PASSED", "false, ERRORED"})
  void anExitCodeIsWaitedForUntilTheTaskIsOver(boolean toldInTheEnd, Verdict verdict) {
    world.step(TASK, "unit", "e2e");
    world.runtime.script("unit", exits(0, SECOND)).script("e2e", exits(0, SECOND));
    world.runtime.script(KEEPER, exits(0, SECOND.multipliedBy(10)));
    world.start();
    world.runtime.advance(Duration.ofMinutes(5));
    List<TaskDescription> events = world.runtime.takeEvents();
    for (TaskDescription event : events.subList(0, events.size() - 1)) {
      world.service.handle(World.ID, new TaskStateChanged(withoutExitCode(event, "unit")));
      assertThat(world.verdict()).isNull();
    }
    TaskDescription last = events.getLast();
    world.service.handle(
        World.ID, new TaskStateChanged(toldInTheEnd ? last : withoutExitCode(last, "unit")));
    assertThat(world.verdict()).isEqualTo(verdict);
    if (!toldInTheEnd) {
      assertThat(world.report().reason()).contains("ended without an exit code");
    }
  }

  private static TaskDescription withoutExitCode(TaskDescription seen, String name) {
    return with(
        seen,
        container ->
            container.name().equals(name)
                ? new ContainerDescription(
                    name,
                    container.lastStatus(),
                    null,
                    container.reason(),
                    container.health(),
                    container.ready(),
                    container.startedAt(),
                    container.stoppedAt(),
                    container.restarts(),
                    container.peakMemoryMiB())
                : container);
  }

  @Test
  void containersOfOursAreNotReported() {
    world.runtime.script("unit", exits(0, SECOND)).script("e2e", exits(0, SECOND));
    lastEventAlone(0);
    assertThat(world.report().steps().getFirst().services())
        .extracting(RunReport.ContainerReport::name)
        .containsExactly("db");
  }
}
