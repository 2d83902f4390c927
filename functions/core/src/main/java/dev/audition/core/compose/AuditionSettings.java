package dev.audition.core.compose;

import dev.audition.core.diagnostic.Located;
import dev.audition.core.tree.TreeNode.Entry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-audition} of a compose file says.
 *
 * @param hooks the key with what stands there, as written; null if nothing does
 */
public record AuditionSettings(
    List<Located<String>> candidates, @Nullable Duration timeout, @Nullable Entry hooks) {
  /** Nothing said. */
  public static final AuditionSettings NONE = new AuditionSettings(List.of(), null);

  public AuditionSettings {
    candidates = List.copyOf(candidates);
  }

  /** Make settings without hooks. */
  public AuditionSettings(List<Located<String>> candidates, @Nullable Duration timeout) {
    this(candidates, timeout, null);
  }
}
