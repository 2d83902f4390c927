package dev.audition.cli;

import dev.audition.core.run.RunId;
import dev.audition.local.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code audition rm}. */
@Command(
    name = "rm",
    description = "Remove runs: their containers, volumes, logs and records.",
    footer = {
      "",
      "Examples:",
      "  audition rm          the last run",
      "  audition rm --all    every run that has ended"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class RemoveCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;

  @Option(names = "--all", description = "Every run that has ended")
  boolean all;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Default: the last run")
  List<String> ids = new ArrayList<>();

  @Override
  public Integer call() {
    Session session = parent.session();
    for (RunId runId : wanted(session)) {
      if (session.auditions().remove(runId)) {
        session.terminal().err().println("removed " + runId);
      } else {
        throw new UsageException("there is no run " + runId);
      }
    }
    return ExitCode.OK;
  }

  private List<RunId> wanted(Session session) {
    if (all) {
      return session.auditions().runs().stream()
          .filter(run -> run.verdict() != null)
          .map(RunSummary::runId)
          .toList();
    }
    return ids.isEmpty() ? List.of(session.run(null)) : ids.stream().map(session::run).toList();
  }
}
