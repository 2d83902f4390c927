package dev.audition.cli.render;

import dev.audition.local.RunSummary;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Runs as a table. */
public final class RunsText {
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private RunsText() {}

  /**
   * Render one line a run.
   *
   * @param none what is said where there are none
   */
  public static List<String> lines(List<RunSummary> runs, Style style, String none) {
    if (runs.isEmpty()) {
      return List.of(none);
    }
    TextTable table = new TextTable();
    table.row(
        style.dim("run"),
        style.dim("started"),
        style.dim("took"),
        style.dim("verdict"),
        style.dim("file"));
    for (RunSummary run : runs) {
      table.row(
          run.runId().value(),
          STARTED.format(run.startedAt()),
          run.endedAt() == null
              ? ""
              : Seconds.text(Duration.between(run.startedAt(), run.endedAt())),
          (run.verdict() == null ? "running" : style.verdict(run.verdict()))
              + (run.kept() ? " (kept)" : ""),
          run.file());
    }
    return table.lines("");
  }
}
