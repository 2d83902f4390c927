package dev.audition.cli.render;

import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.run.RunReport.TimelineEntry;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports to render. */
final class SampleReports {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private SampleReports() {}

  static RunReport passed() {
    return report(Verdict.PASSED, "every candidate exited 0", 0, null);
  }

  static RunReport failed() {
    return report(Verdict.FAILED, "tests exited 3", 3, "tests");
  }

  static RunReport running() {
    return new RunReport(
        new RunId("a-run"),
        "compose.yaml",
        null,
        "",
        List.of(
            new StepReport(
                1,
                "composition",
                null,
                "running",
                "",
                null,
                true,
                List.of(new ContainerReport("tests", "waiting", null, "", null, null, 256)),
                List.of())),
        List.of(),
        List.of(),
        START,
        null,
        List.of(),
        List.of());
  }

  private static RunReport report(
      Verdict verdict, String reason, int exitCode, @Nullable String guilty) {
    return new RunReport(
        new RunId("a-run"),
        "compose.yaml",
        verdict,
        reason,
        List.of(
            new StepReport(
                1,
                "composition",
                verdict,
                "ended",
                reason,
                guilty,
                true,
                List.of(new ContainerReport("tests", "exited", exitCode, "", 0.81, 300, 256)),
                List.of(new ContainerReport("db", "stopped", null, "", 2.5, null, 512)))),
        List.of("db died"),
        List.of(
            new TimelineEntry(Duration.ofMillis(400), "db", "started"),
            new TimelineEntry(Duration.ofMillis(1900), "db", "healthy")),
        START,
        START.plusMillis(3210),
        List.of(),
        List.of());
  }
}
