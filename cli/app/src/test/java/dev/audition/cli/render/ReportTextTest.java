package dev.audition.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  @Test
  void theBlockSaysVerdictReasonContainersTimeLineAndWarnings() {
    assertThat(
            ReportText.lines(
                SampleReports.failed(), Style.PLAIN, step -> List.of("assertion failed", "1 of 2")))
        .containsExactly(
            "FAILED  compose.yaml in 3.2 s  run a-run",
            "  tests exited 3",
            "    candidate  tests  exited 3  0.8 s  peak memory 300 MiB, planned 256 MiB: set"
                + " mem_limit",
            "    service    db     stopped   2.5 s",
            "    last lines of tests:",
            "      | assertion failed",
            "      | 1 of 2",
            "  time line",
            "      0.4 s  db  started",
            "      1.9 s  db  healthy",
            "  warning: db died");
  }

  @Test
  void whatStillRunsAfterTheVerdictIsKept() {
    RunReport kept =
        SampleReports.passed()
            .withContainers(
                (_, container) ->
                    container.name().equals("db") ? container.withOutcome("running") : container);

    assertThat(ReportText.lines(kept, Style.PLAIN, step -> List.of()))
        .contains("    service    db     kept      2.5 s");
  }

  @Test
  void aRunThatGoesOnHasNoVerdictYet() {
    assertThat(ReportText.lines(SampleReports.running(), Style.PLAIN, step -> List.of()).getFirst())
        .isEqualTo("running  compose.yaml  run a-run");
  }
}
