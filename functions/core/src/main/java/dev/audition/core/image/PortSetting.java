package dev.audition.core.image;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the first port of a well-known image is set to another one.
 *
 * @param options of the command: {@code --port} matches {@code --port N} and {@code --port=N}, a
 *     single letter {@code -p} matches {@code -pN} too, a name that ends in {@code =} matches the
 *     words that start with it
 * @param variables of the environment; the last number before the first comma counts, so that
 *     {@code 0.0.0.0:4566,0.0.0.0:443} means 4566
 * @param files absolute paths of files and folders that say the port; with one of them mounted, the
 *     usual port is a guess
 * @param advice how to set it, for the user, with {@code N} for the port; empty if there is none
 */
public record PortSetting(
    List<String> options, List<String> variables, List<String> files, String advice) {
  /** No way is known. */
  static final PortSetting NONE = new PortSetting(List.of(), List.of(), List.of(), "");

  private static final Pattern REST = Pattern.compile(",.*$", Pattern.DOTALL);
  private static final Pattern ADVICE_PORT = Pattern.compile("\\bN\\b");
  private static final Pattern LAST_NUMBER = Pattern.compile("(?:.*[^0-9])?([0-9]{1,5})");

  public PortSetting {
    options = List.copyOf(options);
    variables = List.copyOf(variables);
    files = List.copyOf(files);
  }

  /** Return a setting by options and variables. */
  static PortSetting of(List<String> options, List<String> variables, String advice) {
    return new PortSetting(options, variables, List.of(), advice);
  }

  /** Return a setting that is only in files. */
  static PortSetting inFiles(String advice, String... files) {
    return new PortSetting(List.of(), List.of(), List.of(files), advice);
  }

  /** Return the advice for the user, for a port; empty if there is none. */
  public String advice(int port) {
    return ADVICE_PORT.matcher(advice).replaceAll(Integer.toString(port));
  }

  /** Find the port that a command or an environment sets; the command is the stronger one. */
  public OptionalInt find(List<String> command, Map<String, String> environment) {
    for (String option : options) {
      OptionalInt port = find(option, command);
      if (port.isPresent()) {
        return port;
      }
    }
    for (String variable : variables) {
      String value = environment.get(variable);
      if (value != null) {
        return number(value);
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt find(String option, List<String> command) {
    for (int i = 0; i < command.size(); i++) {
      String word = command.get(i);
      if (word.equals(option) && i + 1 < command.size()) {
        return number(command.get(i + 1));
      }
      String prefix = option.endsWith("=") || option.length() == 2 ? option : option + "=";
      if (word.startsWith(prefix) && word.length() > prefix.length()) {
        return number(word.substring(prefix.length()));
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt number(String text) {
    Matcher matcher = LAST_NUMBER.matcher(REST.matcher(text).replaceFirst("").strip());
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(matcher.group(1));
    return port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
  }
}
