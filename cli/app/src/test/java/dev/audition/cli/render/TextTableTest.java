package dev.audition.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCellAndColoursTakeNoRoom() {
    Style color = new Style(true);

    assertThat(new TextTable().row("a", color.bold("bb"), "last").row("wide", "c", "").lines("  "))
        .containsExactly("  a     \u001b[1mbb\u001b[0m  last", "  wide  c");
  }
}
