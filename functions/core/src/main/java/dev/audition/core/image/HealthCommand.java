package dev.audition.core.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A health check of ours: one that needs only programs the image has.
 *
 * @param command starts with {@code CMD} or {@code CMD-SHELL}; {@code {port}} stands for the port
 * @param seconds how long the service may take, at one try a second
 */
public record HealthCommand(List<String> command, int seconds) {
  private static final String PORT = "{port}";

  public HealthCommand {
    command = List.copyOf(command);
  }

  /** Return a check by a line of shell. */
  static HealthCommand shell(int seconds, String line) {
    return new HealthCommand(List.of("CMD-SHELL", line), seconds);
  }

  /** Return a check by a program, without a shell. */
  static HealthCommand program(int seconds, String... words) {
    List<String> command = new ArrayList<>(List.of("CMD"));
    command.addAll(List.of(words));
    return new HealthCommand(command, seconds);
  }

  /** Return the command for a port. */
  public List<String> forPort(int port) {
    return command.stream().map(word -> word.replace(PORT, Integer.toString(port))).toList();
  }
}
