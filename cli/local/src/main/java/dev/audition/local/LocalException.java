package dev.audition.local;

/** This machine is in the way; the message says what, where, why and what to do. */
public final class LocalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Make one with words for the user. */
  public LocalException(String message) {
    super(message);
  }

  /** Make one with words for the user and what the system said. */
  public LocalException(String message, Throwable cause) {
    super(message, cause);
  }
}
