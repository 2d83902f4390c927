package dev.audition.core.plan;

import dev.audition.core.diagnostic.SourceLocation;

/** Files at a path of a container. */
public sealed interface PlannedMount {
  /** Return the absolute path inside of the container. */
  String target();

  /** Return whether the container may only read. */
  boolean readOnly();

  /** Return where the composition asks for it. */
  SourceLocation location();

  /**
   * A volume of the task.
   *
   * @param volume the name of a {@link PlannedVolume}
   */
  record VolumeMount(String volume, String target, boolean readOnly, SourceLocation location)
      implements PlannedMount {}

  /**
   * A folder of the workspace.
   *
   * @param source absolute path
   * @param exists whether it was there; where not, an empty folder is made as Docker does
   */
  record FolderMount(
      String source, String target, boolean readOnly, boolean exists, SourceLocation location)
      implements PlannedMount {}

  /**
   * A single file of the workspace.
   *
   * @param source absolute path
   */
  record FileMount(String source, String target, boolean readOnly, SourceLocation location)
      implements PlannedMount {}

  /** A file whose text stands in the composition: a config or secret with content. */
  record TextMount(String text, String target, SourceLocation location) implements PlannedMount {
    @Override
    public boolean readOnly() {
      return true;
    }
  }
}
