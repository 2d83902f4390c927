package dev.audition.cli;

import dev.audition.cli.render.ReportText;
import dev.audition.cli.render.Style;
import dev.audition.core.run.RunReport;
import java.util.List;

/** Reports with the last lines of the guilty container from its log. */
record Reports(Runs runs) {
  private static final int LAST_LINES = 20;

  List<String> lines(RunReport report, Style style) {
    return ReportText.lines(
        report,
        style,
        step ->
            step.guilty() == null ? List.of() : runs.lastLines(report.runId(), step, LAST_LINES));
  }
}
