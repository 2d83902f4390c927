package dev.audition.cli;

import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.local.Auditions;
import dev.audition.local.Auditions.CancelAnswer;
import dev.audition.local.RunSummary;
import java.util.List;
import java.util.Optional;

/** The runs of this machine. */
record LaptopRuns(Auditions auditions) implements Runs {
  @Override
  public List<RunSummary> list() {
    return auditions.runs();
  }

  @Override
  public List<RunId> ids() {
    return list().stream().map(RunSummary::runId).toList();
  }

  @Override
  public String howToBegin() {
    return "start one with `audition run`";
  }

  @Override
  public String none() {
    return "No runs yet. Start one with `audition run` or `audition demo`.";
  }

  @Override
  public String howToList() {
    return "audition runs";
  }

  @Override
  public Optional<RunReport> report(RunId run) {
    return auditions.report(run);
  }

  @Override
  public List<String> lastLines(RunId run, StepReport step, int most) {
    return auditions.logFiles(run).stream()
        .filter(log -> log.service().equals(step.guilty()))
        .filter(log -> log.startedBy().split("/")[1].equals(Integer.toString(step.number())))
        .reduce((earlier, later) -> later)
        .map(log -> LogLines.last(log.path(), most))
        .orElse(List.of());
  }

  @Override
  public CancelAnswer cancel(RunId run) {
    return auditions.cancel(run);
  }
}
