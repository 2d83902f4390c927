package dev.audition.cli;

import dev.audition.aws.CloudException;
import dev.audition.local.Auditions;
import dev.audition.local.LocalAudition;
import dev.audition.local.LocalException;
import dev.audition.local.docker.EngineUnavailableException;
import dev.audition.local.store.StateUnusableException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The audition command. */
public final class Audition {
  private static final Set<String> ASKING_THE_ENGINE = Set.of("plan", "run");

  private Audition() {}

  /** Run the command and end the process with its exit code. */
  public static void main(String[] arguments) {
    Thread.ofVirtual().name("process-end").start(ProcessEnd::prepare);
    Terminal terminal = Terminal.ofProcess();
    // Not closed: the end of the process does that, and a polite farewell to the engine costs 0.3
    // s.
    Session session =
        new Session(terminal, connecting(arguments), new AwsDeployments(terminal.environment()));
    int exitCode = commandLine(session, arguments).execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    if (arguments.length == 1 && arguments[0].equals("train")) {
      System.exit(exitCode); // the cache is written on the way out
    }
    ProcessEnd.now(exitCode);
  }

  /** What surely asks the engine connects to it while the command line is still being read. */
  private static Supplier<Auditions> connecting(String[] arguments) {
    if (arguments.length > 0 && ASKING_THE_ENGINE.contains(arguments[0])) {
      Auditions connected = LocalAudition.ofProcess().connectAhead();
      return () -> connected;
    }
    return LocalAudition::ofProcess;
  }

  /** Run the command and return its exit code. */
  static int run(String[] arguments, Terminal terminal, Supplier<Auditions> connecting) {
    return run(arguments, terminal, connecting, new AwsDeployments(terminal.environment()));
  }

  /** Run the command over these deployments and return its exit code. */
  static int run(
      String[] arguments,
      Terminal terminal,
      Supplier<Auditions> connecting,
      Deployments deployments) {
    try (Session session = new Session(terminal, connecting, deployments)) {
      return commandLine(session, arguments).execute(arguments);
    } catch (Error e) {
      // Without this the virtual machine would exit with 1, which means that tests failed.
      return report(e, terminal.err());
    }
  }

  private static CommandLine commandLine(Session session, String[] arguments) {
    Terminal terminal = session.terminal();
    CommandLine commandLine = new CommandLine(new AuditionCommand(session));
    AuditionCommand.commandsFor(arguments).forEach(commandLine::addSubcommand);
    commandLine.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()));
    commandLine.setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()));
    commandLine.setParameterExceptionHandler(
        (exception, _) -> {
          UsageMistakes.lines(exception).forEach(terminal.err()::println);
          return ExitCode.USAGE;
        });
    commandLine.setExecutionExceptionHandler(
        (exception, failed, parsed) -> report(exception, terminal.err()));
    // What follows the container's name is that container's command, options and all.
    commandLine
        .getSubcommands()
        .forEach((name, command) -> command.setStopAtPositional(name.equals("exec")));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.getSubcommands().values().forEach(Audition::addHelp);
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.style(false).color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return commandLine;
  }

  /** Let every command take {@code --help}; the command help has it already. */
  private static void addHelp(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help message and exit")
              .build());
    }
  }

  /** Say what ended a command; only a bug of ours shows a stack trace, and how to report it. */
  private static int report(Throwable exception, PrintStream err) {
    return switch (exception) {
      case UsageException usage -> {
        err.println("audition: " + usage.getMessage());
        yield ExitCode.USAGE;
      }
      case LocalException _, EngineUnavailableException _, StateUnusableException _ -> {
        err.println("audition: " + exception.getMessage());
        yield ExitCode.ERROR;
      }
      case CloudException trouble -> {
        err.println("audition: " + CloudWords.line(trouble));
        yield ExitCode.ERROR;
      }
      default -> {
        err.println("audition: this is a bug in Audition, not in your files.");
        err.println(
            "Please report it with the lines below, the command and the file at the project's"
                + " issue tracker (see CONTRIBUTING.md).");
        err.println("audition " + Version.release() + ", Java " + Runtime.version());
        exception.printStackTrace(err);
        yield ExitCode.ERROR;
      }
    };
  }
}
