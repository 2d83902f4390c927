package dev.audition.cli;

/** The command line asks for something that is not there; exit code 3. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Make one with words for the user: what is wrong and what to do. */
  UsageException(String message) {
    super(message);
  }
}
