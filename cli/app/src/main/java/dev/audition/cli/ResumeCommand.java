package dev.audition.cli;

import dev.audition.core.run.admission.AdmissionState.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition resume}. */
@Command(
    name = "resume",
    description = "Let the runs of a deployment begin again after `pause` or `drain`.",
    footer = {"", "Examples:", "  audition resume --stack audition"})
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class ResumeCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin StackOptions deployment;

  @Override
  public Integer call() {
    Session session = parent.session();
    session.admission(deployment).switchTo(Mode.OPEN);
    session
        .terminal()
        .err()
        .printf("%s lets runs begin again, within a minute%n", deployment.stack);
    return ExitCode.OK;
  }
}
