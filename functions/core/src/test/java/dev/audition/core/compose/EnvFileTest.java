package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvFileTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private Map<String, String> parse(String text) {
    return EnvFile.parse(
        text,
        "x.env",
        name -> name.equals("GIVEN") ? Optional.of("given") : Optional.empty(),
        (value, ownNames, _) ->
            value
                .replace("$$", "\u0000")
                .replace("$GIVEN", "given")
                .replace("$OWN", ownNames.find("OWN").orElse(""))
                .replace("\u0000", "$"),
        diagnostics);
  }

  @Test
  void aLineIsANameAndAValue() {
    assertThat(parse("A=1\nB = two words \nC: 3\nexport D=4\r\nE=\n"))
        .containsExactly(
            Map.entry("A", "1"),
            Map.entry("B", "two words"),
            Map.entry("C", "3"),
            Map.entry("D", "4"),
            Map.entry("E", ""));
  }

  @Test
  void commentsBeginAtTheLineOrAfterABlank() {
    assertThat(parse("# one\n  # two\nA=a#b # c\nB=#\nC='#' # d\n"))
        .isEqualTo(Map.of("A", "a#b", "B", "", "C", "#"));
  }

  @Test
  void singleQuotesAreLiteralAndMayHoldLines() {
    assertThat(parse("A='$GIVEN \\n\nx'\nB=1")).isEqualTo(Map.of("A", "$GIVEN \\n\nx", "B", "1"));
  }

  @Test
  void doubleQuotesHaveEscapesAndVariables() {
    assertThat(parse("A=\"\\ta\\\"b\\\\ \\$x $GIVEN\"\n"))
        .isEqualTo(Map.of("A", "\ta\"b\\ $x given"));
  }

  @Test
  void laterLinesSeeEarlierNames() {
    assertThat(parse("OWN=o\nA=$OWN-$GIVEN")).containsEntry("A", "o-given");
  }

  @Test
  void aBareNameIsPassedOnWhereItHasAValue() {
    assertThat(parse("GIVEN\nABSENT\nexport GIVEN\n")).isEqualTo(Map.of("GIVEN", "given"));
  }

  @Test
  void mistakesAreRefusedByLineAndTheRestIsRead() {
    assertThat(parse("A=1\nnot a line\nB=2\n=x\nC=\"open\n")).isEqualTo(Map.of("A", "1", "B", "2"));
    assertThat(diagnostics.sorted())
        .extracting(Diagnostic::render)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("x.env:2:1: \"not a line\" is not a line"),
            second -> assertThat(second).startsWith("x.env:4:1: \"=x\""),
            third -> assertThat(third).startsWith("x.env:5:1: the quoted value of C never ends"));
  }

  @Test
  void rawKeepsEverythingAfterTheFirstEquals() {
    assertThat(EnvFile.parseRaw("# c\nA=\"b\" # $x\nB\n", _ -> Optional.of("v")))
        .isEqualTo(Map.of("A", "\"b\" # $x", "B", "v"));
  }
}
