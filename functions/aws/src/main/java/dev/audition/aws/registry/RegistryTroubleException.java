package dev.audition.aws.registry;

/** An image could not be looked up; the message says why, for the user. */
final class RegistryTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryTroubleException(String message) {
    super(message);
  }

  RegistryTroubleException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Return why, in words. */
  String why() {
    return String.valueOf(getMessage());
  }
}
