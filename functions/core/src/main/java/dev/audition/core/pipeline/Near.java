package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Suggestions;
import java.util.Collection;

/** Asks whether a near name was meant. */
final class Near {
  private Near() {}

  /** Return a remedy that names the nearest of the known names; empty if none is near. */
  static String names(String name, Collection<String> known) {
    return Suggestions.nearest(name, known).map("Did you mean %s?"::formatted).orElse("");
  }
}
