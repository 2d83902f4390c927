package dev.audition.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Nested
  class Reading {
    @Test
    void tellsTextFromWhatIsNot() {
      Mapping root = (Mapping) JsonReader.read("{\"a\":\"1\",\"b\":1,\"c\":true,\"d\":null}", "f");
      assertThat(root.entries())
          .extracting(entry -> ((Scalar) entry.value()).plain())
          .containsExactly(false, true, true, true);
      assertThat(root.entries())
          .extracting(entry -> ((Scalar) entry.value()).text())
          .containsExactly("1", "1", "true", "null");
    }

    @Test
    void unescapes() {
      assertThat(((Scalar) JsonReader.read("\"\\/\\ud83d\\ude00\"", "f")).text())
          .isEqualTo("/\uD83D\uDE00");
    }

    @Test
    void knowsThePlaces() {
      Mapping root = (Mapping) JsonReader.read("{\n  \"a\": [1]\n}", "f.json");
      assertThat(root.location()).isEqualTo(new SourceLocation("f.json", 1, 1));
      assertThat(root.entries().getFirst().keyLocation())
          .isEqualTo(new SourceLocation("f.json", 2, 3));
      assertThat(root.entries().getFirst().value().location())
          .isEqualTo(new SourceLocation("f.json", 2, 8));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "{",
          "{\"a\":1,}",
          "[1 2]",
          "{'a':1}",
          "1 2",
          "nul",
          "{\"a\":1,\"a\":2}"
        })
    void refusesWhatIsNotJson(String text) {
      assertThatExceptionOfType(MalformedJsonException.class)
          .isThrownBy(() -> JsonReader.read(text, "f.json"))
          .withMessageMatching("f\\.json:\\d+:\\d+: not JSON: .+");
    }

    @Test
    void refusesWhatIsTooDeep() {
      assertThatExceptionOfType(MalformedJsonException.class)
          .isThrownBy(() -> JsonReader.read("[".repeat(100_000), "f.json"))
          .withMessageContaining("depth");
    }
  }

  @Nested
  class Writing {
    @Test
    void keepsOrderAndKinds() {
      TreeNode tree =
          Tree.mapping()
              .putText("z", "1")
              .putNumber("a", 1)
              .putNumber("half", 0.5)
              .putBool("yes", true)
              .put("none", Tree.nothing())
              .putTexts("list", List.of("a", "true"))
              .put("map", Tree.texts(Map.of("k", "v")))
              .build();
      assertThat(JsonWriter.write(tree))
          .isEqualTo(
              "{\"z\":\"1\",\"a\":1,\"half\":0.5,\"yes\":true,\"none\":null,"
                  + "\"list\":[\"a\",\"true\"],\"map\":{\"k\":\"v\"}}");
    }

    @Test
    void isPrettyOnDemand() {
      TreeNode tree =
          Tree.mapping()
              .putTexts("a", List.of("b"))
              .put("empty", Tree.mapping().build())
              .put("none", Tree.list(List.of()))
              .build();
      assertThat(JsonWriter.writePretty(tree))
          .isEqualTo(
              """
              {
                "a": [
                  "b"
                ],
                "empty": {},
                "none": []
              }\
              """);
    }

    @ParameterizedTest
    @CsvSource({
      "0, 0",
      "-1.5e3, -1.5e3",
      "true, true",
      "null, null",
      "~, null",
      "01, '\"01\"'",
      "+1, '\"+1\"'",
      "0x1F, '\"0x1F\"'",
      "1_000, '\"1_000\"'",
      "22:22, '\"22:22\"'",
      "on, '\"on\"'",
      "True, '\"True\"'",
      ".5, '\".5\"'",
      "1., '\"1.\"'",
      ".inf, '\".inf\"'"
    })
    void writesPlainScalarsBareOnlyIfTheyAreJson(String plain, String written) {
      TreeNode tree = YamlReader.read(plain, "f", new Diagnostics());
      assertThat(tree).isNotNull();
      assertThat(JsonWriter.write(tree)).isEqualTo(written);
    }

    @Test
    void writesNumbersWithoutExponents() {
      assertThat(JsonWriter.write(Tree.number(1e-7))).isEqualTo("0.0000001");
      assertThat(JsonWriter.write(Tree.number(100d))).isEqualTo("100");
      assertThat(JsonWriter.write(Tree.number(-0d))).isEqualTo("0");
      assertThat(JsonWriter.write(Tree.number(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
      assertThatIllegalArgumentException().isThrownBy(() -> Tree.number(Double.NaN));
    }

    @Test
    void escapes() {
      assertThat(JsonWriter.write(Tree.text("a\"\\\n\u0001\u00e9")))
          .isEqualTo("\"a\\\"\\\\\\n\\u0001\u00e9\"");
    }

    @Test
    void isReadBackTheSame() {
      String json = "{\"a\":[1,-2.5e10,\"x\\n\",true,null,{}],\"\":[[]]}";
      assertThat(JsonWriter.write(JsonReader.read(json, "f"))).isEqualTo(json);
    }
  }
}
