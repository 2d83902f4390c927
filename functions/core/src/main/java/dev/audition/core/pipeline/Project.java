package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of reading: a pipeline, or the reasons why there is none.
 *
 * @param pipeline null if the file could not be read as one at all; there may be refusals beside a
 *     pipeline, then it may be shown and not run
 */
public record Project(@Nullable Pipeline pipeline, List<Diagnostic> diagnostics) {
  public Project {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Return whether anything refuses the input. */
  public boolean refused() {
    return pipeline == null || diagnostics.stream().anyMatch(Diagnostic::refuses);
  }
}
