package dev.audition.cli;

import dev.audition.core.run.ReportJson;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code audition show}. */
@Command(
    name = "show",
    description = "Show what a run came to and why: verdict, containers, time line, last lines.",
    footer = {
      "",
      "Examples:",
      "  audition show           the last run",
      "  audition show 1142      another one, by a part of its id",
      "  audition show --json    for programs",
      "  audition show --stack ci 1142   one of a deployment"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class ShowCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin RemoteOptions remote;
  @Mixin OutputOptions output;

  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Default: the last run")
  @Nullable String id;

  @Option(names = "--json", description = "Print one JSON document")
  boolean json;

  @Override
  public Integer call() {
    Session session = parent.session();
    Runs runs = session.runs(remote);
    RunId runId = runs.find(id);
    RunReport report =
        runs.report(runId)
            .orElseThrow(() -> new UsageException("nothing is known of run " + runId));
    if (json) {
      session.terminal().out().println(ReportJson.render(report, List.of()));
    } else {
      session.print(new Reports(runs).lines(report, session.style(output.noColor)));
    }
    return ExitCode.OK;
  }
}
