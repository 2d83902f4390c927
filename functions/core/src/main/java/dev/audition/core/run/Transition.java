package dev.audition.core.run;

import java.util.List;

/**
 * What an event comes to.
 *
 * @param next the same run if nothing changed; then there is nothing to store
 * @param commands those that are new; they are among the pending ones of {@code next} too
 */
public record Transition(Run next, List<RunCommand> commands) {
  public Transition {
    commands = List.copyOf(commands);
  }

  static Transition between(Run before, Run after) {
    return new Transition(
        after,
        after.pending().stream()
            .map(PendingCommand::command)
            .filter(command -> !before.isPending(command.id()))
            .toList());
  }
}
