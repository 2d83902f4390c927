package dev.audition.local.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The state folder cannot be used; the message says what, where, why and what to do. */
public final class StateUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Make one with words for the user. */
  public StateUnusableException(String message) {
    super(message);
  }

  private StateUnusableException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Make one of what the system said.
   *
   * @param doing such as {@code written}
   */
  static StateUnusableException of(Path path, String doing, IOException cause) {
    return new StateUnusableException(
        "%s cannot be %s: %s. Make room or give yourself the right to it, or set XDG_STATE_HOME to a"
                .formatted(path, doing, why(cause))
            + " folder where runs can be kept",
        cause);
  }

  private static String why(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }
}
