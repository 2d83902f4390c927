package dev.audition.cli;

import dev.audition.cli.render.DoctorText;
import dev.audition.local.docker.EngineCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code audition doctor}. */
@Command(
    name = "doctor",
    description = "Look at what runs need: the engine, its memory and disk. Exit code 0 or 2.",
    footer = {"", "Examples:", "  audition doctor"})
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin OutputOptions output;

  @Override
  public Integer call() {
    Session session = parent.session();
    EngineCheck check = session.auditions().engineCheck();
    session.print(DoctorText.lines(check, session.style(output.noColor)));
    return check.usable() ? ExitCode.OK : ExitCode.ERROR;
  }
}
