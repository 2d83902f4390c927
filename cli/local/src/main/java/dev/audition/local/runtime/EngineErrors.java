package dev.audition.local.runtime;

import com.github.dockerjava.api.exception.DockerException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engine says when it refuses, in words for the user. */
final class EngineErrors {
  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.DOTALL);

  /** Refusals that say something of this machine, not of the composition. */
  private static final List<String> OF_THE_MACHINE =
      List.of(
          "no space left on device",
          "cannot allocate memory",
          "too many open files",
          "failed to create endpoint",
          "network bridge not found",
          "could not find an available",
          "context deadline exceeded");

  private EngineErrors() {}

  /** Return the engine's own words, in one line. */
  static String message(DockerException refusal) {
    String text = String.valueOf(refusal.getMessage());
    Matcher matcher = MESSAGE.matcher(text);
    String message = matcher.find() ? unescape(matcher.group(1)) : text;
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /**
   * Return the reason of a container that did not come to run.
   *
   * @param name as ECS has it, such as {@code CannotStartContainerError}
   */
  static String reason(String name, DockerException refusal) {
    String message = message(refusal);
    boolean machine = OF_THE_MACHINE.stream().anyMatch(message::contains);
    return (machine ? "ResourceInitializationError" : name) + ": " + message;
  }

  private static String unescape(String json) {
    return json.replace("\\n", " ")
        .replace("\\t", " ")
        .replace("\\u003c", "<")
        .replace("\\u003e", ">")
        .replace("\\u0026", "&")
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
  }
}
