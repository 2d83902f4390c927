package dev.audition.core.compose;

import dev.audition.core.diagnostic.Located;
import dev.audition.core.diagnostic.SourceLocation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-audition} of a compose file says.
 *
 * @param artifacts files and folders to keep after the run
 */
public record AuditionSettings(
    List<Located<String>> candidates, @Nullable Duration timeout, List<Artifact> artifacts) {
  /** Nothing said. */
  public static final AuditionSettings NONE = new AuditionSettings(List.of(), null, List.of());

  public AuditionSettings {
    candidates = List.copyOf(candidates);
    artifacts = List.copyOf(artifacts);
  }

  /**
   * A file or folder that a run leaves behind, named like the left side of an entry of {@code
   * volumes}.
   *
   * @param written as the file has it
   * @param volume the name of a volume; empty for a path of the workspace
   * @param path absolute; in the volume, {@code /} for all of it, or of the workspace
   */
  public record Artifact(String written, String volume, String path, SourceLocation location) {}
}
