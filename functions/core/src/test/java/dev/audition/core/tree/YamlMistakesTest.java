package dev.audition.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class YamlMistakesTest {
  static final java.util.List<Arguments> MISTAKES =
      java.util.List.of(
          Arguments.of("a:\n\tb: c\n", "f.yml:2:1: a tab stands where YAML allows only spaces"),
          Arguments.of("a: 1\nb\nc: 2\n", "f.yml:2:1: this line is neither \"key: value\" nor"),
          Arguments.of("a: \"open\nb: 1\n", "f.yml:1:4: the quote that opens here is never closed"),
          Arguments.of("a: 'open\nb: 1\n", "f.yml:1:4: the quote that opens here is never closed"),
          Arguments.of("a: b: c\n", "f.yml:1:5: a colon makes a key here, where there can be none"),
          Arguments.of("a: 1\n  b: 2\n", "f.yml:2:4: a colon makes a key here"),
          Arguments.of("a: - b\n", "f.yml:1:4: a list item (\"- \") cannot stand here"),
          Arguments.of("a:\n  b: 1\n c: 2\n", "f.yml:3:2: this does not continue the mapping"),
          Arguments.of("a:\n  - b\n  c: 1\n", "f.yml:3:3: this does not continue the list"),
          Arguments.of("a: 1\n- b\n", "f.yml:2:1: a list item stands between the keys"),
          Arguments.of("a: [1, 2\nb: 3\n", "f.yml:1:4: the list that opens here with ["),
          Arguments.of("a: {b: 1\nc: 3\n", "f.yml:1:4: the mapping that opens here with {"),
          Arguments.of("a: {{X}}-b\n", "f.yml:1:9: this does not continue the mapping"),
          Arguments.of("a: *nope\n", "f.yml:1:4: the alias *nope names no anchor above it"),
          Arguments.of("a: *.log\n", "f.yml:1:5: after * or & a name must follow"),
          Arguments.of("a: @b\n", "f.yml:1:4: a text may not begin with \"@\" without quotes"),
          Arguments.of("a: `b`\n", "f.yml:1:4: a text may not begin with \"`\" without quotes"),
          Arguments.of("a: \"\\d\"\n", "f.yml:1:6: \\d is not an escape inside of double quotes"),
          Arguments.of("a: !x!y z\n", "f.yml:1:4: the tag that begins with ! is not one"),
          Arguments.of("a: |x\n  b\n", "f.yml:1:5: the text block that begins with | or >"),
          Arguments.of("a: b\u0007\n", "f.yml:1:5: the character U+0007 may not stand in YAML"),
          Arguments.of("%YAML 9.0\n---\na\n", "f.yml:1:1: not valid YAML:"));

  @ParameterizedTest
  @FieldSource("MISTAKES")
  void areSaidInPlainWordsWithTheirPlace(String text, String words) {
    assertThat(YamlReaderTest.refusals(text)).hasSize(1);
    assertThat(YamlReaderTest.refusals(text).getFirst().render()).startsWith(words);
  }

  @Test
  void sayWhatToDo() {
    assertThat(YamlReaderTest.refusals("a:\n\tb: c\n").getFirst().remedy())
        .isEqualTo("Indent with spaces.");
  }
}
