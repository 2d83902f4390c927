package dev.audition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptContainersTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void whatTheEngineHasRunningRuns() {
    assertThat(outcome(seen(Verdict.PASSED, "stopped", null, container(2, "db", true))))
        .isEqualTo("running");
  }

  @Test
  void whatHasEndedSinceOrIsOfAnotherStepOrServiceIsStopped() {
    RunReport report =
        seen(
            Verdict.PASSED,
            "stopped",
            null,
            container(2, "db", false),
            container(1, "db", true),
            container(2, "cache", true));

    assertThat(outcome(report)).isEqualTo("stopped");
  }

  @Test
  void anEndThatWasSeenStands() {
    assertThat(outcome(seen(Verdict.PASSED, "exited", 0, container(2, "db", true))))
        .isEqualTo("exited");
    assertThat(outcome(seen(Verdict.PASSED, "stopped", 143, container(2, "db", true))))
        .isEqualTo("stopped");
  }

  @Test
  void aRunThatGoesOnIsAsItIsStored() {
    assertThat(outcome(seen(null, "stopped", null, container(2, "db", true)))).isEqualTo("stopped");
  }

  private static RunContainer container(int step, String service, boolean running) {
    return new RunContainer("a-run/" + step + "/1/1", service, "c0ffee", running);
  }

  private static RunReport seen(
      @Nullable Verdict verdict,
      String outcome,
      @Nullable Integer exitCode,
      RunContainer... containers) {
    StepReport step =
        new StepReport(
            2,
            "tests",
            verdict,
            "ended",
            "",
            null,
            true,
            List.of(),
            List.of(new ContainerReport("db", outcome, exitCode, "", 2.5, null, 512)));
    RunReport report =
        new RunReport(
            new RunId("a-run"),
            "compose.yaml",
            verdict,
            "",
            List.of(step),
            List.of(),
            List.of(),
            START,
            null,
            List.of(),
            List.of());
    return KeptContainers.seen(report, List.of(containers));
  }

  private static String outcome(RunReport report) {
    return report.steps().getFirst().services().getFirst().outcome();
  }
}
