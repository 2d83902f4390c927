package dev.audition.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import org.junit.jupiter.api.Test;

class DiagnosticTextTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void aRefusalSaysWhereWhatAndWhatToDo() {
    diagnostics.refuse(
        Category.CLASH,
        new SourceLocation("compose.yaml", 12, 7),
        "services.db.ports[0]",
        "port 5432 is taken by replica too",
        "Give one of them another port.");

    assertThat(DiagnosticText.lines(diagnostics.sorted(), Style.PLAIN))
        .containsExactly(
            "refused: compose.yaml:12:7: services.db.ports[0]: port 5432 is taken by replica too."
                + " Give one of them another port.");
  }

  @Test
  void theSameWordsAtSeveralPlacesAreSaidOnceWithThePlaces() {
    for (int line = 1; line <= 6; line++) {
      diagnostics.warn(
          Category.NO_EFFECT,
          new SourceLocation("compose.yaml", line, 3),
          "services.s" + line + ".logging",
          "logging has no effect here",
          "");
    }

    assertThat(DiagnosticText.lines(diagnostics.sorted(), Style.PLAIN))
        .containsExactly(
            "warning: logging has no effect here (6 places: compose.yaml:1:3 services.s1.logging,"
                + " compose.yaml:2:3 services.s2.logging, compose.yaml:3:3 services.s3.logging,"
                + " compose.yaml:4:3 services.s4.logging and 2 more)");
  }

  @Test
  void refusalsComeFirst() {
    diagnostics.note(Category.EMULATED, null, "", "a note", "");
    diagnostics.warn(Category.NO_EFFECT, null, "", "a warning", "");
    diagnostics.refuse(Category.INVALID, null, "", "a refusal", "");

    assertThat(DiagnosticText.lines(diagnostics.sorted(), Style.PLAIN))
        .containsExactly("refused: a refusal", "warning: a warning", "note: a note");
  }
}
