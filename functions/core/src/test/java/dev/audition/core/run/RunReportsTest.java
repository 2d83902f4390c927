package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunReportsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TaskDefinition TASK =
      task().container("db").essential("tests", waits("db", HEALTHY)).build();

  private final World world = new World();

  private void script() {
    world.step(TASK, "tests");
    world.runtime.script("db", stays().healthy(SECOND.multipliedBy(2)));
    world.runtime.script("tests", exits(1, SECOND.multipliedBy(3)).healthy(null));
  }

  @Test
  void theTimelineSaysWhatHappenedInOrder() {
    script();
    world.play();
    assertThat(world.report().timeline())
        .extracting(entry -> entry.at().toSeconds() + " " + entry.subject() + " " + entry.event())
        .containsExactly(
            "0 step-1 started",
            "0 step-1 prepared",
            "0 step-1 task launched",
            "0 db started",
            "2 db ready",
            "2 tests started",
            "5 tests exited 1",
            "5 step-1 FAILED",
            "5 run FAILED",
            "6 db stopped, exit code 143");
  }

  @Test
  void aRunThatGoesOnHasNoVerdictAndSaysWhoWaitsAndWhoRuns() {
    script();
    world.start();
    world.pass(SECOND);
    StepReport step = world.report().steps().getFirst();
    assertThat(world.report().verdict()).isNull();
    assertThat(step.state()).isEqualTo("running");
    assertThat(step.candidates())
        .containsExactly(new ContainerReport("tests", "waiting", null, "", null, null, 256));
    assertThat(step.services())
        .containsExactly(new ContainerReport("db", "running", null, "", 1.0, null, 256));
  }

  @Test
  void aRunThatWaitsNamesItsCandidates() {
    script();
    Run run = Run.of(World.ID, "audition.yml", null, world.steps, ManualClock.START);
    StepReport step = RunReports.report(run, List.of(), ManualClock.START).steps().getFirst();
    assertThat(step.state()).isEqualTo("waiting");
    assertThat(step.candidates()).extracting(ContainerReport::name).containsExactly("tests");
  }

  @Test
  void aRefusedRunSaysWhy() {
    Run run = Run.refused(World.ID, "audition.yml", "a.yml:1:1: no.", ManualClock.START);
    RunReport report = RunReports.report(run, List.of(), ManualClock.START);
    assertThat(report.reason()).isEqualTo("a.yml:1:1: no.");
    assertThat(report.endedAt()).isEqualTo(ManualClock.START);
  }

  @Test
  void durationsAreSaidAsPeopleSayThem() {
    assertThat(Spoken.of(Duration.ofMillis(400))).isEqualTo("0.4 s");
    assertThat(Spoken.of(Duration.ofSeconds(3))).isEqualTo("3 s");
    assertThat(Spoken.of(Duration.ofMillis(12_900))).isEqualTo("12 s");
    assertThat(Spoken.of(Duration.ofSeconds(123))).isEqualTo("2 min 3 s");
    assertThat(Spoken.of(Duration.ofMinutes(90))).isEqualTo("1 h 30 min");
  }
}
