package dev.audition.cli;

import dev.audition.aws.CloudException;
import dev.audition.cli.render.Seconds;
import dev.audition.cli.render.Style;
import dev.audition.core.run.ReportJson;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.TimelineEntry;
import dev.audition.core.run.RunStatus;
import dev.audition.core.verdict.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows a run of a deployment to its verdict: what {@code submit --wait} does. */
final class Following {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** About a minute: a function starts, reads and plans in seconds. */
  private static final int LOOKS_UNTIL_DOUBT = 30;

  /** Troubles in a row that may pass by themselves. */
  private static final int MOST_TROUBLES = 10;

  private static final int INTERRUPTED = Verdict.CANCELLED.exitCode();

  private final Session session;
  private final StackOptions meant;
  private final DeployedRuns runs;
  private final PrintStream err;
  private final Set<TimelineEntry> told = new HashSet<>();
  private String waits = "";
  private volatile boolean interrupted;

  Following(Session session, StackOptions meant) {
    this.session = session;
    this.meant = meant;
    this.runs = session.deployedRuns(meant);
    this.err = session.terminal().err();
  }

  /** Wait for the verdict, show it, and return its exit code; 130 after Ctrl-C. */
  int toTheVerdict(RunId id, SubmitOptions options, Style style) {
    Thread waiting = Thread.currentThread();
    Interrupts.onFirst(
        _ -> {
          interrupt();
          waiting.interrupt();
        });
    Optional<RunReport> report = report(id, options.quiet, style);
    if (report.isEmpty()) {
      err.printf(
          "run %s goes on without this command: audition cancel %s %s ends it%n",
          id, meant.words(), id);
      return INTERRUPTED;
    }
    List<String> lines = new Reports(runs).lines(report.get(), style);
    (options.quiet ? lines.subList(0, 1) : lines).forEach(err::println);
    if (options.json) {
      session.terminal().out().println(ReportJson.render(report.get(), List.of()));
    }
    Verdict verdict = report.get().verdict();
    return verdict == null ? ExitCode.ERROR : verdict.exitCode();
  }

  /** Stop waiting; the run goes on. */
  void interrupt() {
    interrupted = true;
  }

  /** Return the report with the verdict; empty after an interrupt. */
  private Optional<RunReport> report(RunId id, boolean quiet, Style style) {
    int missing = 0;
    int troubles = 0;
    while (!interrupted) {
      try {
        Optional<Run> run = runs.load(id);
        troubles = 0;
        if (run.isEmpty()) {
          missing++;
          doubt(missing, id);
        } else {
          RunReport report = runs.report(run.get());
          if (!quiet) {
            tell(run.get(), report, style);
          }
          if (report.verdict() != null) {
            return Optional.of(report);
          }
        }
      } catch (CloudException e) {
        troubles++;
        if (!e.retryable() || troubles > MOST_TROUBLES) {
          throw e;
        }
      }
      if (!interrupted) {
        session.deployments().pause(BETWEEN_LOOKS);
      }
    }
    return Optional.empty();
  }

  private void doubt(int missing, RunId id) {
    if (missing == LOOKS_UNTIL_DOUBT) {
      err.printf(
          "%s has not taken %s yet; `audition doctor %s` looks why%n",
          meant.stack, id, meant.words());
    }
  }

  private void tell(Run run, RunReport report, Style style) {
    if (run.status() == RunStatus.QUEUED && !report.reason().equals(waits)) {
      waits = report.reason();
      err.println(style.dim(waits));
    }
    for (TimelineEntry entry : report.timeline()) {
      if (told.add(entry)) {
        err.printf(
            "%s %s %s%n",
            style.dim("[%7s]".formatted(Seconds.text(entry.at()))), entry.subject(), entry.event());
      }
    }
  }
}
