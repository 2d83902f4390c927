package dev.audition.cli;

import dev.audition.cli.render.DoctorText;
import dev.audition.local.docker.EngineCheck;
import dev.audition.local.docker.EngineCheck.Finding;
import dev.audition.local.docker.EngineCheck.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look at what runs need: the engine, its memory and disk; or a deployment.",
      "Exit code 0, or 2 if there is a problem."
    },
    footer = {
      "",
      "Examples:",
      "  audition doctor              this machine",
      "  audition doctor --stack ci   a deployment: queues, dead letters, cluster, sweep, quota"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin RemoteOptions remote;
  @Mixin OutputOptions output;

  @Override
  public Integer call() {
    Session session = parent.session();
    Optional<StackOptions> deployment = remote.deployment();
    if (deployment.isPresent()) {
      return look(session, deployment.get());
    }
    EngineCheck check = session.auditions().engineCheck();
    session.print(DoctorText.lines(check, session.style(output.noColor)));
    return check.usable() ? ExitCode.OK : ExitCode.ERROR;
  }

  private int look(Session session, StackOptions meant) {
    List<Finding> findings =
        new StackDoctor(
                meant,
                meant.region(session.terminal().environment()),
                session.deployments(),
                InstantSource.system())
            .look();
    session.print(DoctorText.findings(findings, session.style(output.noColor)));
    boolean problem = findings.stream().anyMatch(finding -> finding.level() == Level.PROBLEM);
    return problem ? ExitCode.ERROR : ExitCode.OK;
  }
}
