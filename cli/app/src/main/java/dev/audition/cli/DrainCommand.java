package dev.audition.cli;

import dev.audition.core.run.Ticket;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.PoolState;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition drain}. */
@Command(
    name = "drain",
    description = "Pause a deployment and return when nothing runs any more.",
    footer = {
      "",
      "It can be interrupted: the deployment stays paused. Begin again with `audition resume`.",
      "",
      "Examples:",
      "  audition drain --stack audition"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class DrainCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  @ParentCommand AuditionCommand parent;
  @Mixin StackOptions deployment;

  @Override
  public Integer call() {
    Session session = parent.session();
    AdmissionService admission = session.admission(deployment);
    AdmissionState state = admission.switchTo(Mode.DRAINING);
    int told = 0;
    while (!state.idle()) {
      int inUse = state.pools().values().stream().mapToInt(PoolState::inUse).sum();
      if (inUse != told) {
        session.terminal().err().println(Ticket.vcpus(inUse) + " still in use");
        told = inUse;
      }
      session.deployments().pause(BETWEEN_LOOKS);
      state = admission.state();
      if (state.mode() != Mode.DRAINING) {
        session.terminal().err().println("somebody switched it to " + state.mode());
        return ExitCode.ERROR;
      }
    }
    session.terminal().err().printf("%s is paused, and nothing runs%n", deployment.stack);
    return ExitCode.OK;
  }
}
