package dev.audition.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code audition completion}. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh",
    footer = {
      "",
      "Examples:",
      "  source <(audition completion)                       in this shell",
      "  audition completion > ~/.local/share/bash-completion/completions/audition"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class CompletionCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;

  @Override
  public Integer call() {
    parent
        .session()
        .terminal()
        .out()
        .println(AutoComplete.bash("audition", parent.spec.commandLine()));
    return ExitCode.OK;
  }
}
