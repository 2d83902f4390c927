package dev.audition.core.compose;

import dev.audition.core.diagnostic.Suggestions;
import java.util.Collection;

/** Remedies that name what was probably meant. */
final class Nearest {
  private Nearest() {}

  /** Return {@code Did you mean "x"?}, or the known names if there are few, or nothing. */
  static String remedy(String name, Collection<String> known) {
    var sorted = known.stream().sorted().toList();
    return Suggestions.nearest(name, sorted)
        .map("Did you mean \"%s\"?"::formatted)
        .orElseGet(
            () ->
                sorted.isEmpty() || sorted.size() > 12
                    ? ""
                    : "Known: %s.".formatted(String.join(", ", sorted)));
  }
}
