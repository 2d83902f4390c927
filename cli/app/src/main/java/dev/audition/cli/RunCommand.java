package dev.audition.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition run}. */
@Command(
    name = "run",
    description = "Run a composition or pipeline to its verdict.",
    footer = {
      "",
      "Examples:",
      "  audition run",
      "  audition run compose.yaml --candidate tests",
      "  audition run codefresh.yml --step it --image build_step=my/app:1 --var TOKEN",
      "  audition run --json > report.json",
      "",
      "Exit codes: 0 passed, 1 failed, 2 errored, 3 refused or wrong usage, 4 timed out,",
      "130 cancelled. Ctrl-C stops and removes everything; twice kills."
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class RunCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin ProjectOptions project;
  @Mixin RunningOptions running;
  @Mixin OutputOptions output;

  @Override
  public Integer call() {
    return new Running(parent.session(), running, output).run(project);
  }
}
