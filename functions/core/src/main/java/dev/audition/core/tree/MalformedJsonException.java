package dev.audition.core.tree;

import dev.audition.core.diagnostic.SourceLocation;

/** A text is not JSON; the message begins with {@code file:line:column}. */
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient SourceLocation location;

  MalformedJsonException(SourceLocation location, String problem) {
    super(location + ": " + problem);
    this.location = location;
  }

  /** Return where it stops being JSON. */
  public SourceLocation location() {
    return location;
  }
}
