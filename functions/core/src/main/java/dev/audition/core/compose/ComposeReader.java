package dev.audition.core.compose;

import dev.audition.core.source.SourceFiles;
import java.util.List;

/** Reads compose files into a {@link Composition}. */
public final class ComposeReader {
  private ComposeReader() {}

  /**
   * Read, interpolate, merge and check.
   *
   * <p>Never throws for what the sources say; everything that is wrong is in the result.
   */
  public static ComposeResult read(ComposeRequest request, SourceFiles files) {
    return new ComposeResult(null, List.of(), List.of());
  }
}
