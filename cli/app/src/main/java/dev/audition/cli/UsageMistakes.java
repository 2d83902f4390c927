package dev.audition.cli;

import dev.audition.core.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was probably meant. */
final class UsageMistakes {
  private UsageMistakes() {}

  /** Return lines for the user; the last says where the right usage stands. */
  static List<String> lines(ParameterException exception) {
    CommandSpec command = exception.getCommandLine().getCommandSpec();
    List<String> lines = new ArrayList<>();
    lines.add(
        "audition: "
            + (exception instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched, command)
                : Objects.toString(exception.getMessage()).replace("option option", "option")));
    lines.add("Usage: see `%s --help`".formatted(command.qualifiedName()));
    return lines;
  }

  /** Return the names of the commands below a command; those nobody types are left out. */
  static List<String> commands(CommandSpec command) {
    return command.subcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String unmatched(UnmatchedArgumentException exception, CommandSpec command) {
    String first = exception.getUnmatched().getFirst();
    if (exception.isUnknownOption()) {
      List<String> options =
          command.options().stream()
              .filter(option -> !option.hidden())
              .map(OptionSpec::longestName)
              .toList();
      return "%s has no option %s%s"
          .formatted(command.qualifiedName(), first, near(first, options));
    }
    List<String> commands = commands(command);
    if (!commands.isEmpty()) {
      String near = near(first, commands);
      return "there is no command %s%s"
          .formatted(first, near.isEmpty() ? ". There are: " + String.join(", ", commands) : near);
    }
    return "%s takes no more words, and there is \"%s\""
        .formatted(command.qualifiedName(), String.join("\", \"", exception.getUnmatched()));
  }

  private static String near(String wrong, List<String> known) {
    String name = wrong.contains("=") ? wrong.substring(0, wrong.indexOf('=')) : wrong;
    return Suggestions.nearest(name, known).map(". Did you mean %s?"::formatted).orElse("");
  }
}
