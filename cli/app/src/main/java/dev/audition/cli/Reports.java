package dev.audition.cli;

import dev.audition.cli.render.ReportText;
import dev.audition.cli.render.Style;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.local.LogFile;
import java.util.List;

/** Reports with the last lines of the guilty container from its log. */
record Reports(Session session) {
  private static final int LAST_LINES = 20;

  List<String> lines(RunReport report, Style style) {
    List<LogFile> logs = session.auditions().logFiles(report.runId());
    return ReportText.lines(report, style, step -> lastLines(step, logs));
  }

  private static List<String> lastLines(StepReport step, List<LogFile> logs) {
    return logs.stream()
        .filter(log -> log.service().equals(step.guilty()))
        .filter(log -> log.startedBy().split("/")[1].equals(Integer.toString(step.number())))
        .reduce((earlier, later) -> later)
        .map(log -> LogLines.last(log.path(), LAST_LINES))
        .orElse(List.of());
  }
}
