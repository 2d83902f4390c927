package dev.audition.cli.render;

import dev.audition.local.docker.EngineCheck;
import java.util.ArrayList;
import java.util.List;

/** What a look at the machine showed. */
public final class DoctorText {
  private DoctorText() {}

  /** Render one line a finding, with what to do. */
  public static List<String> lines(EngineCheck check, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(
        style.green("ok       ")
            + "java "
            + Runtime.version()
            + " in "
            + System.getProperty("java.home"));
    lines.addAll(findings(check.findings(), style));
    return lines;
  }

  /** Render findings alone. */
  public static List<String> findings(List<EngineCheck.Finding> findings, Style style) {
    List<String> lines = new ArrayList<>();
    for (EngineCheck.Finding finding : findings) {
      String level =
          switch (finding.level()) {
            case GOOD -> style.green("ok       ");
            case WARNING -> style.yellow("warning  ");
            case PROBLEM -> style.red("problem  ");
          };
      lines.add(level + finding.subject() + ": " + finding.text());
      if (!finding.remedy().isEmpty()) {
        lines.add("         " + finding.remedy());
      }
    }
    return lines;
  }
}
