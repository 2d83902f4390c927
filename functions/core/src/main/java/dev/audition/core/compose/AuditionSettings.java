package dev.audition.core.compose;

import dev.audition.core.diagnostic.Located;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode.Entry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-audition} of a compose file says.
 *
 * @param hooks the key with what stands there, as written; null if nothing does
 * @param artifacts files and folders to keep after the run
 */
public record AuditionSettings(
    List<Located<String>> candidates,
    @Nullable Duration timeout,
    @Nullable Entry hooks,
    List<Artifact> artifacts) {
  /** Nothing said. */
  public static final AuditionSettings NONE = new AuditionSettings(List.of(), null);

  public AuditionSettings {
    candidates = List.copyOf(candidates);
    artifacts = List.copyOf(artifacts);
  }

  /** Make settings without hooks and artifacts. */
  public AuditionSettings(List<Located<String>> candidates, @Nullable Duration timeout) {
    this(candidates, timeout, null, List.of());
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
