package dev.audition.core.run.port;

/** The runtime did not answer, so nobody knows whether it did what it was asked. */
public final class RuntimeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Make one with words for the user. */
  public RuntimeUnavailableException(String message) {
    super(message);
  }

  /** Make one with words for the user. */
  public RuntimeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
