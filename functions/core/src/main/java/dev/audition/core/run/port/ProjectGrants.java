package dev.audition.core.run.port;

import dev.audition.core.task.Grants;

/** Knows what projects let their runs use. */
@FunctionalInterface
public interface ProjectGrants {
  /** Nothing, for all of them. */
  ProjectGrants NONE = project -> Grants.NONE;

  /**
   * Return what a project grants; nothing if nobody has listed anything for it.
   *
   * @throws UnreadableGrantsException if what was listed cannot be understood
   */
  Grants of(String project);
}
