package dev.audition.cli;

import dev.audition.cli.render.RunsText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition runs}. */
@Command(
    name = "runs",
    description = "List the runs of this machine or of a deployment, the newest first.",
    footer = {
      "",
      "Examples:",
      "  audition runs          id, start, time taken, verdict and file of each",
      "  audition show 1142     one of them, by a part of its id",
      "  audition runs --stack ci   the newest 30 of a deployment"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class RunsCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin RemoteOptions remote;
  @Mixin OutputOptions output;

  @Override
  public Integer call() {
    Session session = parent.session();
    Runs runs = session.runs(remote);
    session.print(RunsText.lines(runs.list(), session.style(output.noColor), runs.none()));
    return ExitCode.OK;
  }
}
