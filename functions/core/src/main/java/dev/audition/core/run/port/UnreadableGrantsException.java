package dev.audition.core.run.port;

import java.util.List;

/** A project's entry is not what it must be; whoever wrote it has to mend it. */
public final class UnreadableGrantsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Make one.
   *
   * @param problems each with the part of the entry it is about; in words that hold nothing secret
   */
  public UnreadableGrantsException(String project, List<String> problems) {
    super("the entry of the project %s: %s".formatted(project, String.join("; ", problems)));
  }
}
