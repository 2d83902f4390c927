package dev.audition.cli;

import dev.audition.cli.render.DiagnosticText;
import dev.audition.cli.render.Style;
import dev.audition.core.request.RunRequest;
import dev.audition.core.run.ReportJson;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReports;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.local.LocalException;
import dev.audition.local.workspace.WorkspacePacker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition submit}. */
@Command(
    name = "submit",
    description = "Ask a deployment for a run on Fargate of what lies here.",
    footer = {
      "",
      "It is read and planned here first: what Fargate cannot do is refused before",
      "anything is sent. Sent are the texts that reading needs, the files and folders",
      "that containers mount, and what --var, --var-file and --image give.",
      "Your environment is not sent. What the project's secrets give there, name with",
      "--secret; `audition grants` shows what there is.",
      "",
      "Examples:",
      "  audition submit --stack ci           this folder; prints the run's id",
      "  audition submit --stack ci --wait    and stays until the verdict",
      "  audition submit codefresh.yml --stack ci --step it --image build=acme/app:1",
      "  audition submit --stack ci --secret DB_PASSWORD --queue-timeout 30m",
      "",
      "Exit code 0 when it is sent, 3 if it is refused, 2 if AWS is in the way;",
      "with --wait that of the verdict, as run has it."
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class SubmitCommand implements Callable<Integer> {
  /** Fargate's disk holds 20 GiB, images included. */
  private static final long MOST_BYTES = 2L << 30;

  @ParentCommand AuditionCommand parent;
  @Mixin ProjectOptions project;
  @Mixin StackOptions deployment;
  @Mixin SubmitOptions submitting;
  @Mixin OutputOptions output;

  @Override
  public Integer call() {
    Session session = parent.session();
    SubmitOptions.Terms terms = submitting.terms();
    Requests.Request asked = new Requests(session).toRun(project);
    Submission submission = Submission.of(session, asked, terms);
    Style style = session.style(output.noColor);
    PrintStream err = session.terminal().err();
    if (!submitting.quiet) {
      asked.choice().forEach(line -> err.println(style.dim(line)));
    }
    if (!submitting.quiet || submission.refused()) {
      SubmitRemedies remedies = new SubmitRemedies(words() + terms.secrets().words());
      DiagnosticText.lines(remedies.of(submission.diagnostics()), style).forEach(err::println);
    }
    if (submission.refused()) {
      return refused(session, submission);
    }
    String message = submission.message();
    Deployment to = session.deployment(deployment);
    terms.secrets().mustBeListed(to, submission.request().project(), words());
    send(to, submission, message, err);
    RunId run = submission.request().runId();
    if (submitting.wait) {
      tell(err, style, run);
      return new Following(session, deployment).toTheVerdict(run, submitting, style);
    }
    if (submitting.json) {
      session.terminal().out().println(JsonWriter.writePretty(json(submission.request())));
      return ExitCode.OK;
    }
    tell(err, style, run);
    session.terminal().out().println(run);
    return ExitCode.OK;
  }

  private String words() {
    return deployment.words();
  }

  private int refused(Session session, Submission submission) {
    session.terminal().err().println("REFUSED  nothing was sent");
    if (submitting.json) {
      RunRequest request = submission.request();
      Run refused =
          Run.refused(
              request.runId(),
              String.join(", ", request.files()),
              submission.refusalParagraph(),
              Instant.now());
      session
          .terminal()
          .out()
          .println(
              ReportJson.render(
                  RunReports.report(refused, submission.preview().plans(), Instant.now()),
                  submission.diagnostics()));
    }
    return ExitCode.USAGE;
  }

  /** The message goes last: whoever takes it finds everything that it names. */
  private void send(Deployment to, Submission submission, String message, PrintStream err) {
    RunRequest request = submission.request();
    to.files().put(request.source().archive(), submission.archive());
    if (!request.source().workspace().isEmpty()) {
      sendWorkspace(to, submission, err);
    }
    to.requests().send(message, request.project(), Duration.ZERO);
  }

  private void sendWorkspace(Deployment to, Submission submission, PrintStream err) {
    SequencedSet<Path> mounted = submission.preview().mounted();
    try {
      Path packed = Files.createTempFile("audition-workspace", ".tar.gz");
      try {
        WorkspacePacker.pack(submission.root(), mounted, MOST_BYTES, packed);
        if (!submitting.quiet) {
          err.printf(
              "sending the workspace: %s, %,d KiB packed%n",
              String.join(
                  ", ", mounted.stream().map(path -> shown(submission.root(), path)).toList()),
              Math.ceilDiv(Files.size(packed), 1024));
        }
        to.files().put(submission.request().source().workspace(), packed);
      } finally {
        Files.deleteIfExists(packed);
      }
    } catch (IOException e) {
      throw new LocalException("cannot pack the workspace: " + e, e);
    }
  }

  private static String shown(Path root, Path path) {
    String inside = root.relativize(path).toString();
    return inside.isEmpty() ? "all of " + root : inside;
  }

  private void tell(PrintStream err, Style style, RunId run) {
    if (submitting.quiet) {
      return;
    }
    err.printf("%s is asked for run %s%n", deployment.stack, style.bold(run.value()));
    err.println(style.dim("  follow it:  audition logs -f %s %s".formatted(words(), run)));
    err.println(style.dim("  the verdict: audition show %s %s".formatted(words(), run)));
    err.println(style.dim("  end it:     audition cancel %s %s".formatted(words(), run)));
  }

  private TreeNode json(RunRequest request) {
    return Tree.mapping()
        .putText("runId", request.runId().value())
        .putText("stack", deployment.stack)
        .putText("project", request.project())
        .build();
  }
}
