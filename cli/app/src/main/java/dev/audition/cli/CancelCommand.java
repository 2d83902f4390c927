package dev.audition.cli;

import dev.audition.core.run.RunId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code audition cancel}. */
@Command(
    name = "cancel",
    description = "Ask a run to end: its verdict becomes CANCELLED.",
    footer = {
      "",
      "Examples:",
      "  audition cancel         the last run",
      "  audition cancel 1142    another one, by a part of its id",
      "  audition cancel --stack ci 1142   one of a deployment"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class CancelCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin RemoteOptions remote;

  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Default: the last run")
  @Nullable String id;

  @Override
  public Integer call() {
    Session session = parent.session();
    Runs runs = session.runs(remote);
    RunId runId = runs.find(id);
    return switch (runs.cancel(runId)) {
      case ASKED -> {
        session.terminal().err().println("asked " + runId + " to end");
        yield ExitCode.OK;
      }
      case ENDED -> {
        session.terminal().err().println(runId + " has ended already");
        yield ExitCode.OK;
      }
      case UNKNOWN -> throw new UsageException("there is no run " + runId);
    };
  }
}
