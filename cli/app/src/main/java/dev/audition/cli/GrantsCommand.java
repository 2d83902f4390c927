package dev.audition.cli;

import dev.audition.aws.dynamo.DynamoGrants;
import dev.audition.aws.dynamo.GrantChanges;
import dev.audition.aws.dynamo.ListedGrants;
import dev.audition.cli.render.GrantsText;
import dev.audition.core.request.RunRequest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code audition grants}. */
@Command(
    name = "grants",
    description = "Show or change what the runs of projects may use in a deployment.",
    footer = {
      "",
      "Secrets are names and ARNs; no value is ever read, shown or written. All",
      "changes of one command are made, or none; the functions go by them within a",
      "minute.",
      "",
      "Examples:",
      "  audition grants --stack ci               all projects; reads the whole table",
      "  audition grants acme/shop --stack ci     one of them",
      "  audition grants acme/shop --stack ci --set-secret DB_PASSWORD=arn:aws:...",
      "  audition grants acme/shop --stack ci --remove-secret DB_PASSWORD",
      "",
      "Exit code 3 if a change is refused, or an entry cannot be understood."
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class GrantsCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "As requests name it: the --project of submit. Default: all")
  @Nullable String project;

  @Mixin StackOptions deployment;
  @Mixin GrantOptions granting;

  @Option(names = "--json", description = "Print one JSON document on stdout")
  boolean json;

  @Mixin OutputOptions output;

  @Override
  public Integer call() {
    Session session = parent.session();
    GrantChanges changes = granting.changes();
    String meant = project;
    if (meant == null) {
      if (!changes.none()) {
        throw new UsageException(
            "which project? Write `audition grants PROJECT %s ...`".formatted(deployment.words()));
      }
      return show(session, session.deployment(deployment).grants().all());
    }
    if (!RunRequest.isProject(meant)) {
      throw new UsageException(
          "\"%s\" is no name of a project (expected: letters, digits, ., _, - and /, at most 128)"
              .formatted(meant));
    }
    DynamoGrants grants = session.deployment(deployment).grants();
    if (!changes.none()) {
      return change(session, grants, meant, changes);
    }
    return show(session, grants.find(meant).stream().toList());
  }

  private int change(Session session, DynamoGrants grants, String meant, GrantChanges changes) {
    return switch (grants.change(meant, changes)) {
      case DynamoGrants.Outcome.Refused(List<String> problems) ->
          throw new UsageException(
              "nothing was changed of what %s grants in %s:%n  %s"
                  .formatted(meant, deployment.stack, String.join("\n  ", problems)));
      case DynamoGrants.Outcome.Made(var listed) -> {
        session
            .terminal()
            .err()
            .printf(
                "%s: what %s grants is changed; the functions go by it within a minute%n",
                deployment.stack, meant);
        yield show(session, listed.stream().toList());
      }
    };
  }

  private int show(Session session, List<ListedGrants> listed) {
    session.print(
        json
            ? GrantsText.json(deployment.stack, listed)
            : GrantsText.lines(listed, session.style(output.noColor), none()));
    return listed.stream().allMatch(one -> one.problems().isEmpty()) ? ExitCode.OK : ExitCode.USAGE;
  }

  private String none() {
    return (project == null
            ? "No project of %s grants anything".formatted(deployment.stack)
            : "%s grants nothing in %s".formatted(project, deployment.stack))
        + ": runs may use nothing of the account. `audition grants --help` says how to list it.";
  }
}
