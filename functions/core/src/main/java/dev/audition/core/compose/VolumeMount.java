package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;

/**
 * One entry of a service's {@code volumes}.
 *
 * @param source for VOLUME the volume's name, empty for an anonymous one; for BIND an absolute,
 *     normalised path; for TMPFS empty
 * @param target absolute path inside of the container
 */
public record VolumeMount(
    Type type, String source, String target, boolean readOnly, SourceLocation location) {
  /** Where the mounted files come from. */
  public enum Type {
    VOLUME,
    BIND,
    TMPFS
  }
}
