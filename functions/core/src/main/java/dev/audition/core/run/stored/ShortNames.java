package dev.audition.core.run.stored;

import java.util.HashMap;
import java.util.Map;

/**
 * Short names for the fields of the state. Stored runs hold them: a name may be added, and never
 * given to another field. A field without one keeps its own.
 */
final class ShortNames {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("version", "v"),
          Map.entry("status", "u"),
          Map.entry("startedAt", "a"),
          Map.entry("endedAt", "z"),
          Map.entry("nextCheckAt", "n"),
          Map.entry("steps", "s"),
          Map.entry("verdict", "V"),
          Map.entry("interruption", "i"),
          Map.entry("pending", "p"),
          Map.entry("warnings", "w"),
          Map.entry("preparation", "P"),
          Map.entry("deadline", "d"),
          Map.entry("retryAt", "r"),
          Map.entry("tasks", "t"),
          Map.entry("cause", "c"),
          Map.entry("attempt", "A"),
          Map.entry("try", "T"),
          Map.entry("arn", "R"),
          Map.entry("launchedAt", "L"),
          Map.entry("stopWanted", "W"),
          Map.entry("gone", "G"),
          Map.entry("lastStatus", "l"),
          Map.entry("desiredStatus", "D"),
          Map.entry("stopCode", "S"),
          Map.entry("stoppedReason", "o"),
          Map.entry("containers", "C"),
          Map.entry("exitCode", "x"),
          Map.entry("byItself", "b"),
          Map.entry("reason", "e"),
          Map.entry("health", "h"),
          Map.entry("started", "g"),
          Map.entry("readyAt", "y"),
          Map.entry("stoppedAt", "q"),
          Map.entry("restarts", "N"),
          Map.entry("peakMemoryMiB", "m"),
          Map.entry("kind", "k"),
          Map.entry("paragraph", "f"),
          Map.entry("guilty", "j"),
          Map.entry("since", "I"),
          Map.entry("step", "Z"),
          Map.entry("command", "M"),
          Map.entry("task", "K"),
          Map.entry("at", "@"),
          Map.entry("hooks", "H"),
          Map.entry("deliveries", "E"),
          Map.entry("number", "F"),
          Map.entry("state", "U"),
          Map.entry("queued", "Q"),
          Map.entry("tries", "Y"),
          Map.entry("detail", "X"),
          Map.entry("changedAt", "B"));

  private static final Map<String, String> LONG = turned();

  private ShortNames() {}

  private static Map<String, String> turned() {
    Map<String, String> turned = new HashMap<>();
    SHORT.forEach((name, shorter) -> turned.put(shorter, name));
    if (turned.size() != SHORT.size()) {
      throw new IllegalStateException("short names: one twice (expected: each once)");
    }
    return turned;
  }

  /** A field whose own name looks like a short one is marked. */
  static String shorten(String name) {
    String shorter = SHORT.get(name);
    if (shorter != null) {
      return shorter;
    }
    return name.length() > 1 && !name.startsWith("'") ? name : "'" + name;
  }

  static String lengthen(String name) {
    return name.startsWith("'") ? name.substring(1) : LONG.getOrDefault(name, name);
  }
}
