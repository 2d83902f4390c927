package dev.audition.local.docker;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;

/** What an engine said when something failed, without the wrapping of HTTP, JSON and Java. */
public final class EngineWords {
  private EngineWords() {}

  /** Return the innermost words of a failure. */
  public static String of(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    String message = root.getMessage();
    return message == null || message.isBlank()
        ? root.getClass().getSimpleName()
        : unwrapped(message.strip());
  }

  /** docker-java says {@code Status 404: {"message":"..."}}. */
  static String unwrapped(String message) {
    int brace = message.indexOf('{');
    if (!message.startsWith("Status ") || brace < 0) {
      return message;
    }
    try {
      return JsonReader.read(message.substring(brace), "engine") instanceof TreeNode.Mapping answer
          ? DockerSettings.text(answer, "message").orElse(message)
          : message;
    } catch (MalformedJsonException e) {
      return message;
    }
  }
}
