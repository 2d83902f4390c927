package dev.audition.cli.render;

import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.run.RunReport.TimelineEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A report as a block of text: the verdict, why, each container's end, a small time line. */
public final class ReportText {
  private static final int WIDTH = 100;
  private static final int MOST_MOMENTS = 30;

  private ReportText() {}

  /**
   * Render a report.
   *
   * @param lastLines gives the last lines of the guilty container of a step; empty for none
   */
  public static List<String> lines(
      RunReport report, Style style, Function<StepReport, List<String>> lastLines) {
    List<String> lines = new ArrayList<>();
    String took =
        report.endedAt() == null
            ? ""
            : " in " + Seconds.text(Duration.between(report.startedAt(), report.endedAt()));
    String headline = report.verdict() == null ? "running" : style.verdict(report.verdict());
    lines.add(headline + "  " + report.file() + took + "  " + style.dim("run " + report.runId()));
    lines.addAll(Paragraph.wrap(report.reason(), WIDTH, "  "));
    for (StepReport step : report.steps()) {
      step(step, report.steps().size() > 1, style, lastLines, lines);
    }
    lines.addAll(HookText.annotations(report.annotations(), style));
    lines.addAll(HookText.deliveries(report.hooks(), style));
    timeline(report.timeline(), style, lines);
    report.warnings().forEach(warning -> lines.add("  " + style.yellow("warning: ") + warning));
    return lines;
  }

  private static void step(
      StepReport step,
      boolean named,
      Style style,
      Function<StepReport, List<String>> lastLines,
      List<String> lines) {
    if (named) {
      String outcome = step.verdict() == null ? step.state() : style.verdict(step.verdict());
      lines.add("  step " + step.number() + " " + style.bold(step.name()) + ": " + outcome);
      if (!step.reason().isEmpty()) {
        lines.addAll(Paragraph.wrap(step.reason(), WIDTH, "    "));
      }
    }
    TextTable table = new TextTable();
    step.candidates().forEach(container -> row(table, "candidate", step, container));
    step.services().forEach(container -> row(table, "service", step, container));
    lines.addAll(table.lines("    "));
    List<String> last = lastLines.apply(step);
    if (step.guilty() != null && !last.isEmpty()) {
      lines.add("    last lines of " + style.bold(step.guilty()) + ":");
      last.forEach(line -> lines.add("      " + style.dim("| ") + line));
    }
  }

  private static void row(
      TextTable table, String role, StepReport step, ContainerReport container) {
    String seconds = container.seconds() == null ? "" : Seconds.text(container.seconds());
    Integer peak = container.peakMemoryMiB();
    String memory =
        peak != null && container.plannedMemoryMiB() > 0 && peak > container.plannedMemoryMiB()
            ? "peak memory "
                + peak
                + " MiB, planned "
                + container.plannedMemoryMiB()
                + " MiB: set mem_limit"
            : "";
    String note = container.reason().isEmpty() ? memory : container.reason();
    if (!memory.isEmpty() && !container.reason().isEmpty()) {
      note = container.reason() + "; " + memory;
    }
    table.row(role, container.name(), outcome(step, container), seconds, note);
  }

  private static String outcome(StepReport step, ContainerReport container) {
    if (step.verdict() != null && container.outcome().equals("running")) {
      return "kept";
    }
    return container.exitCode() == null
        ? container.outcome()
        : container.outcome() + " " + container.exitCode();
  }

  private static void timeline(List<TimelineEntry> timeline, Style style, List<String> lines) {
    if (timeline.isEmpty()) {
      return;
    }
    lines.add("  " + style.dim("time line"));
    TextTable table = new TextTable();
    // The line that says how many are left out takes one of them itself.
    int left = timeline.size() > MOST_MOMENTS ? timeline.size() - MOST_MOMENTS + 1 : 0;
    for (int i = 0; i < timeline.size(); i++) {
      if (left > 0 && i == MOST_MOMENTS / 2) {
        table.row("", "...", left + " more");
        i += left;
      }
      TimelineEntry entry = timeline.get(i);
      String at = Seconds.text(entry.at());
      table.row(" ".repeat(Math.max(0, 9 - at.length())) + at, entry.subject(), entry.event());
    }
    lines.addAll(table.lines("  "));
  }
}
