package dev.audition.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.audition.local.Auditions;
import dev.audition.local.LocalAudition;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One call of the command, in this process, and what came of it.
 *
 * @param out what it wrote on stdout
 * @param err what it wrote on stderr
 */
public record CommandRun(int exitCode, String out, String err) {
  /** Call the command as a program that reads its output would, with no terminal. */
  public static CommandRun of(Map<String, String> environment, String... arguments) {
    return with(environment, () -> LocalAudition.of(environment), arguments);
  }

  /** Call the command where paths are shown relative to a folder. */
  static CommandRun in(Path here, Map<String, String> environment, String... arguments) {
    return with(environment, () -> LocalAudition.of(environment, here), arguments);
  }

  /** Call the command with another machine behind it. */
  static CommandRun with(
      Map<String, String> environment, Supplier<Auditions> connecting, String... arguments) {
    return with(environment, connecting, new AwsDeployments(environment), arguments);
  }

  /** Call the command with another machine and other deployments behind it. */
  static CommandRun with(
      Map<String, String> environment,
      Supplier<Auditions> connecting,
      Deployments deployments,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream outStream = new PrintStream(out, true, UTF_8);
        PrintStream errStream = new PrintStream(err, true, UTF_8)) {
      Terminal terminal = new Terminal(outStream, errStream, false, environment);
      exitCode = Audition.run(arguments, terminal, connecting, deployments);
    }
    return new CommandRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
