package dev.audition.core.compose;

import dev.audition.core.diagnostic.Located;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code x-audition} of a compose file says. */
public record AuditionSettings(List<Located<String>> candidates, @Nullable Duration timeout) {
  /** Nothing said. */
  public static final AuditionSettings NONE = new AuditionSettings(List.of(), null);

  public AuditionSettings {
    candidates = List.copyOf(candidates);
  }
}
