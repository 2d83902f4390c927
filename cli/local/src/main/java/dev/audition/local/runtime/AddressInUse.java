package dev.audition.local.runtime;

import dev.audition.core.task.ContainerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains an end by a port that was taken: all containers of a task share one network, so the
 * other listener can be named.
 */
final class AddressInUse {
  /** How many of the last lines are looked at. */
  static final int LINES = 30;

  private static final Pattern SIGN =
      Pattern.compile("address (?:is )?(?:already )?in use|eaddrinuse");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\d.])(\\d{1,5})(?!\\d|\\.\\d)");

  private AddressInUse() {}

  /**
   * Return the reason; empty if the last lines do not speak of it.
   *
   * @param others the other containers of the task that have been started
   */
  static String reason(
      ContainerDefinition ended, List<String> lastLines, List<ContainerDefinition> others) {
    List<String> signs =
        lastLines.stream()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> SIGN.matcher(line).find())
            .toList();
    if (signs.isEmpty()) {
      return "";
    }
    List<Integer> ports = new ArrayList<>();
    signs.forEach(line -> ports.addAll(ports(line)));
    ports.addAll(ended.ports());
    for (int port : ports) {
      for (ContainerDefinition other : others) {
        if (other.ports().contains(port)) {
          return "AddressInUse: port %d is already taken by \"%s\", and the two share one network; "
                  .formatted(port, other.service())
              + "let one of them listen on another port";
        }
      }
    }
    return "AddressInUse: a port that it listens on is already taken by another container, and all"
        + " of them share one network; let one of them listen on another port";
  }

  private static List<Integer> ports(String line) {
    Matcher matcher = NUMBER.matcher(line);
    List<Integer> ports = new ArrayList<>();
    while (matcher.find()) {
      ports.add(Integer.parseInt(matcher.group(1)));
    }
    return ports;
  }
}
