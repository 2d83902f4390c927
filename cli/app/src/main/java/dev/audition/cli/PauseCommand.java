package dev.audition.cli;

import dev.audition.core.run.admission.AdmissionState.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition pause}. */
@Command(
    name = "pause",
    description = "Let no further run of a deployment begin; what runs goes on, requests wait.",
    footer = {"", "Examples:", "  audition pause --stack audition"})
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class PauseCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin StackOptions deployment;

  @Override
  public Integer call() {
    Session session = parent.session();
    session.admission(deployment).switchTo(Mode.PAUSED);
    session
        .terminal()
        .err()
        .printf(
            "%s is paused: requests wait until `audition resume --stack %<s`%n", deployment.stack);
    return ExitCode.OK;
  }
}
