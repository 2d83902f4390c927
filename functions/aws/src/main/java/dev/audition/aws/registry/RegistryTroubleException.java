package dev.audition.aws.registry;

/** An image could not be looked up; the message says why, for the user. */
final class RegistryTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the trouble means for the next question. */
  enum Kind {
    /** The same question gets the same answer: there is no such image, or it may not be read. */
    LASTING,
    /** The same question may be answered soon. */
    PASSING,
    /** Nobody answered in time, and nobody will when asked for something else. */
    SILENCE
  }

  private final Kind kind;

  /** Make one that lasts. */
  RegistryTroubleException(String message) {
    this(Kind.LASTING, message);
  }

  /** Make one that lasts. */
  RegistryTroubleException(String message, Throwable cause) {
    this(Kind.LASTING, message, cause);
  }

  RegistryTroubleException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  RegistryTroubleException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Return why, in words. */
  String why() {
    return String.valueOf(getMessage());
  }
}
