package dev.audition.handlers.wire;

/** Something that a task needs before it starts could not be had; the message is ECS's reason. */
final class ResourceInitializationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ResourceInitializationException(String what) {
    super("ResourceInitializationError: " + what);
  }
}
