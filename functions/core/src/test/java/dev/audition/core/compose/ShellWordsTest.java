package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("  a  b\n c\t", List.of("a", "b", "c")),
        Arguments.of("sh -c 'a \"b\" $C'", List.of("sh", "-c", "a \"b\" $C")),
        Arguments.of("\"a 'b' \\\"c\\\" \\n\"", List.of("a 'b' \"c\" \\n")),
        Arguments.of("a\\ b 'c'\"d\"e", List.of("a b", "cde")),
        Arguments.of("'' \"\"", List.of("", "")),
        Arguments.of("a \\\n b", List.of("a", "b")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void wordsAreThoseOfAShell(String text, List<String> words) {
    assertThat(ShellWords.split(text)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "npm ci && npm test, &&",
    "a || b, ||",
    "a | b, |",
    "cd x; make, ;",
    "a > out, >",
    "a 2>/dev/null, 2>/dev/null",
    "a 2>&1, 2>&1",
    "server &, &"
  })
  void whatOnlyAShellUnderstandsIsFound(String text, String found) {
    assertThat(ShellWords.forAShell(text)).contains(found);
    assertThat(ComposeFiles.rendered(ComposeFiles.app("command: " + text).read()))
        .containsExactly(
            "WARNING NO_EFFECT compose.yml:4:14: services.app.command: no shell is run, so \""
                + found
                + "\" is a word for the program. Write sh -c '...' around what a shell is to run.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh -c 'a && b'",
        "sh -c \"a; \\\"b\\\" | c\"",
        "curl http://x/?a=b&c=d;e",
        "a\\;b -x \\&\\& c",
        "--sql 'a > b' <x>"
      })
  void whatIsQuotedOrPartOfAWordIsLeftAlone(String text) {
    assertThat(ShellWords.forAShell(text)).isEmpty();
  }

  @Test
  void longQuotedTextIsReadToo() {
    assertThat(ShellWords.forAShell("sh -c \"" + "a \\\"b\\\" ".repeat(20_000) + "\" | c"))
        .contains("|");
  }

  @Test
  void anOpenQuoteGivesNoWords() {
    assertThat(ShellWords.split("a 'b")).isNull();
    assertThat(ShellWords.split("a \"b")).isNull();
  }
}
