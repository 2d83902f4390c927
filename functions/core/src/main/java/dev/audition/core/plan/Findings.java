package dev.audition.core.plan;

import dev.audition.core.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What comes to light while one step is planned. Not safe for several threads. */
final class Findings {
  private final Diagnostics diagnostics = new Diagnostics();
  private final List<String> readings = new ArrayList<>();
  private final SequencedMap<String, List<String>> unknownImages = new LinkedHashMap<>();

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Add one line for something that is brought about in its own way. */
  void reading(String line) {
    readings.add(line);
  }

  List<String> readings() {
    return readings;
  }

  /** Say what hangs on the configuration of a draft's image, if that is not known. */
  void unknown(Draft draft, String consequence) {
    if (draft.config() != null) {
      return;
    }
    List<String> consequences =
        unknownImages.computeIfAbsent(draft.image(), image -> new ArrayList<>());
    String line = draft.name() + ": " + consequence;
    if (!consequences.contains(line)) {
      consequences.add(line);
    }
  }

  SequencedMap<String, List<String>> unknownImages() {
    return unknownImages;
  }
}
