package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  @Test
  void anOpenQuoteGivesNoWords() {
    assertThat(ShellWords.split("a 'b")).isNull();
    assertThat(ShellWords.split("a \"b")).isNull();
  }
}
