package dev.audition.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audition}: the parent of all commands. */
@Command(
    name = "audition",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Run integration tests: services, candidates, exit codes, a verdict.",
    footer = {
      "",
      "Examples:",
      "  audition demo                          a real PostgreSQL, a test, a verdict",
      "  audition run                           the file of this folder",
      "  audition run codefresh.yml --step it --image build=my/app:1",
      "  audition plan compose.yaml             what it means, before anything starts",
      "  audition show                          why the last run ended as it did",
      "  audition submit --stack ci --wait      the same file on Fargate, in your account",
      "",
      "Exit codes of run and submit --wait: 0 passed, 1 failed, 2 errored,",
      "3 refused or wrong usage, 4 timed out, 130 cancelled."
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class AuditionCommand implements Runnable {
  /** All commands, in the order in which help lists them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          PlanCommand.class,
          RunsCommand.class,
          ShowCommand.class,
          LogsCommand.class,
          ExecCommand.class,
          RemoveCommand.class,
          CancelCommand.class,
          SubmitCommand.class,
          PauseCommand.class,
          ResumeCommand.class,
          DrainCommand.class,
          GrantsCommand.class,
          DoctorCommand.class,
          DemoCommand.class,
          CompletionCommand.class,
          TrainCommand.class,
          HelpCommand.class);

  /** What is run most, and asks nothing of the other commands. */
  private static final Map<String, Class<?>> ALONE =
      Map.of("run", RunCommand.class, "plan", PlanCommand.class);

  @Spec CommandSpec spec;

  private final Session session;

  AuditionCommand(Session session) {
    this.session = session;
  }

  /**
   * Return the commands that a command line can be about: reading the annotations of all of them
   * takes as long as planning a file.
   */
  static List<Class<?>> commandsFor(String[] arguments) {
    Class<?> alone = arguments.length == 0 ? null : ALONE.get(arguments[0]);
    return alone == null ? COMMANDS : List.of(alone);
  }

  Session session() {
    return session;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? They are: " + String.join(", ", UsageMistakes.commands(spec)));
  }
}
