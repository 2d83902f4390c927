package dev.audition.local.runtime;

/** The engine has gone, and what became of a container with it. */
final class EngineLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineLostException(String message) {
    super(message);
  }
}
