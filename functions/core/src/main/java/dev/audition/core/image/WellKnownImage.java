package dev.audition.core.image;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an image without asking for its configuration.
 *
 * @param name as the plan shows it, such as {@code postgres}
 * @param repositories familiar names ({@link ImageReference#originalName}) it goes by; one that
 *     ends in {@code *} stands for all that begin with the rest
 * @param ports TCP ports it listens on by itself, the main one first
 * @param memoryMiB what it takes in a test
 * @param programs the first words of commands that still start the server
 * @param check how to see that it is ready; null where a port that accepts is the better sign, or
 *     the image has no program to look with
 * @param setting how its main port is moved
 */
public record WellKnownImage(
    String name,
    List<String> repositories,
    List<Integer> ports,
    int memoryMiB,
    List<String> programs,
    @Nullable HealthCommand check,
    PortSetting setting) {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
  private static final Set<String> WRAPPERS =
      Set.of("tini", "dumb-init", "docker-init", "--", "env", "exec");
  private static final String ENTRYPOINT_SCRIPT = "docker-entrypoint.sh";

  public WellKnownImage {
    repositories = List.copyOf(repositories);
    ports = List.copyOf(ports);
    programs = List.copyOf(programs);
  }

  /** Return whether a familiar name is this image's. */
  boolean matches(String familiarName) {
    return repositories.stream()
        .anyMatch(
            repository ->
                repository.endsWith("*")
                    ? familiarName.startsWith(repository.substring(0, repository.length() - 1))
                    : familiarName.equals(repository));
  }

  /**
   * Return whether a container still starts the image's server: its own command, options for it, or
   * one that begins with the server's program; not a client or a script of the user's.
   *
   * @param entrypoint null for the image's
   * @param command null for the image's
   */
  public boolean runsServer(@Nullable List<String> entrypoint, @Nullable List<String> command) {
    List<String> words = command == null ? List.of() : command;
    if (entrypoint == null) {
      return words.isEmpty() || words.getFirst().startsWith("-") || startsServer(words);
    }
    List<String> all = Stream.concat(entrypoint.stream(), words.stream()).toList();
    // An entry point of the user's clears the image's command.
    return startsServer(all);
  }

  private boolean startsServer(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String program = baseName(words.get(i));
      if (programs.contains(program)) {
        return true;
      }
      if (SHELLS.contains(program)) {
        return words.subList(i + 1, words.size()).stream().anyMatch(this::lineStartsServer);
      }
      if (!WRAPPERS.contains(program) && !program.equals(ENTRYPOINT_SCRIPT)) {
        return false;
      }
      if (program.equals(ENTRYPOINT_SCRIPT)
          && i + 1 < words.size()
          && words.get(i + 1).startsWith("-")) {
        return true;
      }
    }
    return false;
  }

  // The program stands where a shell expects a command: at the start, after an operator or exec.
  private boolean lineStartsServer(String line) {
    if (programs.isEmpty()) {
      return false;
    }
    String names = programs.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile(
            "(?:^|[;&|({\\n]|\\b(?:exec|then|do|else)\\s)\\s*(?:\\S*/)?(?:"
                + Pattern.quote(ENTRYPOINT_SCRIPT)
                + "\\s+)?(?:\\S*/)?(?:"
                + names
                + ")(?=\\s|;|&|$)")
        .matcher(line)
        .find();
  }

  private static String baseName(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }
}
