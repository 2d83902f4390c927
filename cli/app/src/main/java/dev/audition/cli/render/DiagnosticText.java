package dev.audition.cli.render;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Diagnostics as lines; the same words at several places are said once. */
public final class DiagnosticText {
  private static final int PLACES_SHOWN = 4;

  private DiagnosticText() {}

  /** What makes two diagnostics one to a reader. */
  private record Words(Severity severity, String message, String remedy) {}

  /** Render each group of diagnostics as one line, in the order given. */
  public static List<String> lines(List<Diagnostic> diagnostics, Style style) {
    Map<Words, List<Diagnostic>> groups = new LinkedHashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      groups
          .computeIfAbsent(
              new Words(diagnostic.severity(), diagnostic.message(), diagnostic.remedy()),
              words -> new ArrayList<>())
          .add(diagnostic);
    }
    return groups.values().stream().map(group -> line(group, style)).toList();
  }

  private static String line(List<Diagnostic> group, Style style) {
    Diagnostic first = group.getFirst();
    String label =
        switch (first.severity()) {
          case REFUSAL -> style.red("refused: ");
          case NEEDED -> style.yellow("needed to run: ");
          case WARNING -> style.yellow("warning: ");
          case NOTE -> style.dim("note: ");
        };
    if (group.size() == 1) {
      return label + first.render();
    }
    List<String> places =
        group.stream().limit(PLACES_SHOWN).map(DiagnosticText::place).distinct().toList();
    int more = group.size() - Math.min(group.size(), PLACES_SHOWN);
    return label
        + first.message()
        + (first.remedy().isEmpty() ? "" : ". " + first.remedy())
        + " ("
        + group.size()
        + " places: "
        + String.join(", ", places)
        + (more > 0 ? " and " + more + " more" : "")
        + ")";
  }

  private static String place(Diagnostic diagnostic) {
    String location = diagnostic.location() == null ? "" : diagnostic.location().toString();
    if (diagnostic.path().isEmpty()) {
      return location;
    }
    return location.isEmpty() ? diagnostic.path() : location + " " + diagnostic.path();
  }
}
