package dev.audition.cli;

import dev.audition.cli.render.ContainerNames;
import dev.audition.cli.render.DiagnosticText;
import dev.audition.cli.render.HookText;
import dev.audition.cli.render.LiveView;
import dev.audition.cli.render.PlainView;
import dev.audition.cli.render.RunView;
import dev.audition.cli.render.Style;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.plan.Plan;
import dev.audition.core.run.ReportJson;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.verdict.Verdict;
import dev.audition.local.Auditions;
import dev.audition.local.HookOptions;
import dev.audition.local.LocalException;
import dev.audition.local.PlannedProject;
import dev.audition.local.RunOptions;
import dev.audition.local.docker.EngineUnavailableException;
import dev.audition.local.store.StateUnusableException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a project and shows it: what {@code run} and {@code demo} share. */
record Running(Session session, RunningOptions running, OutputOptions output) {
  private static final long TEARDOWN_LOOK_MILLIS = 100;
  private static final Duration TEARDOWN_LIMIT = Duration.ofMinutes(5);

  /** How long the command stays for notifications that their receivers did not take at once. */
  private static final Duration HOOK_PATIENCE = Duration.ofSeconds(15);

  /** Run what the options name; return the verdict's exit code. */
  int run(ProjectOptions project) {
    Duration timeout =
        running.timeout == null ? null : Requests.duration("--timeout", running.timeout);
    Requests.Request request = new Requests(session).toRun(project);
    PlannedProject planned = session.auditions().plan(request.projectRequest());
    List<Diagnostic> diagnostics = PlanCommand.diagnostics(planned);
    Style style = session.style(output.noColor);
    PrintStream err = session.terminal().err();
    if (!running.quiet) {
      request.choice().forEach(line -> err.println(style.dim(line)));
    }
    if (!running.quiet || planned.refused()) {
      DiagnosticText.lines(diagnostics, style).forEach(err::println);
    }
    Told told = new Told();
    RunReport report = run(request, planned, timeout, style, told);
    if (told.verdict()) {
      HookText.deliveries(report.hooks(), style).forEach(err::println);
    } else {
      print(report, diagnostics, style);
    }
    if (running.json) {
      session.terminal().out().println(ReportJson.render(report, diagnostics));
    }
    if (running.keep && !planned.refused()) {
      err.println(
          "kept: look inside with `audition exec SERVICE`, remove with `audition rm "
              + report.runId()
              + "`");
    }
    Verdict verdict = report.verdict();
    return verdict == null ? ExitCode.ERROR : verdict.exitCode();
  }

  private RunReport run(
      Requests.Request request,
      PlannedProject planned,
      @Nullable Duration timeout,
      Style style,
      Told told) {
    RunId runId = request.runId();
    Interruption interruption = new Interruption(session, runId);
    RunReport report;
    try (RunView view = view(planned.plans(), style)) {
      interruption.watch(view, running.keep);
      report =
          session
              .auditions()
              .run(
                  runId,
                  planned,
                  new RunOptions(
                      running.keep,
                      running.waitTeardown,
                      timeout,
                      view,
                      hooks(view, planned, style, told)));
    }
    if (interruption.happened() && !running.keep) {
      awaitTeardown(runId);
    }
    return report;
  }

  /** The verdict is shown before anybody waits for receivers. */
  private HookOptions hooks(RunView view, PlannedProject planned, Style style, Told told) {
    if (running.noHooks) {
      return HookOptions.NONE;
    }
    return new HookOptions(
        LaptopHooks.sender(session.terminal().environment(), running.allowPrivateHooks),
        HOOK_PATIENCE,
        report -> {
          view.close();
          print(report.withoutHooks(), PlanCommand.diagnostics(planned), style);
          told.verdictIs();
        });
  }

  /** Whether the verdict has been shown. */
  private static final class Told {
    private volatile boolean verdict;

    void verdictIs() {
      verdict = true;
    }

    boolean verdict() {
      return verdict;
    }
  }

  private RunView view(List<Plan> plans, Style style) {
    if (running.quiet) {
      return RunView.SILENT;
    }
    Terminal terminal = session.terminal();
    ContainerNames names = new ContainerNames(plans);
    InstantSource clock = InstantSource.system();
    return terminal.interactive()
        ? new LiveView(terminal.err(), style, names, clock, terminal.width())
        : new PlainView(terminal.err(), style, names, clock.instant());
  }

  private void print(RunReport report, List<Diagnostic> diagnostics, Style style) {
    List<String> lines = new Reports(session.runs()).lines(unsaid(report, diagnostics), style);
    PrintStream err = session.terminal().err();
    boolean refused = report.verdict() == Verdict.REFUSED && report.steps().isEmpty();
    if (running.quiet || refused) {
      err.println(lines.getFirst());
    } else {
      lines.forEach(err::println);
    }
  }

  /** What was said before the run started is not said again below the verdict. */
  private static RunReport unsaid(RunReport report, List<Diagnostic> diagnostics) {
    List<String> said = diagnostics.stream().map(Diagnostic::render).toList();
    return report.withWarnings(
        report.warnings().stream().filter(warning -> !said.contains(warning)).toList());
  }

  /** After Ctrl-C the prompt comes back only when nothing is left. */
  private void awaitTeardown(RunId runId) {
    Instant limit = Instant.now().plus(TEARDOWN_LIMIT);
    while (!session.auditions().containers(runId).isEmpty() && Instant.now().isBefore(limit)) {
      try {
        Thread.sleep(TEARDOWN_LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Ctrl-C during a run. */
  private static final class Interruption {
    private final Session session;
    private final RunId runId;
    private volatile boolean happened;

    Interruption(Session session, RunId runId) {
      this.session = session;
      this.runId = runId;
    }

    void watch(RunView view, boolean kept) {
      Interrupts.onFirst(
          signal -> {
            happened = true;
            view.say(
                kept
                    ? "ending the run; its containers are kept; once more kills"
                    : "stopping and removing everything; once more kills");
            cancel(view, signal.equals("INT") ? "Ctrl-C" : "SIG" + signal);
          });
    }

    /** The run may not be stored yet, so it is asked again until somebody has heard it. */
    private void cancel(RunView view, String by) {
      try {
        while (session.auditions().cancel(runId, by) == Auditions.CancelAnswer.UNKNOWN) {
          Thread.sleep(TEARDOWN_LOOK_MILLIS);
        }
      } catch (LocalException | EngineUnavailableException | StateUnusableException e) {
        view.say("the run could not be asked to end: " + e.getMessage() + "; once more kills");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    boolean happened() {
      return happened;
    }
  }
}
