package dev.audition.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.testkit.Corpus;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeInterpolationTest {
  private static final Map<String, String> VALUES = Map.of("FOO", "first", "EMPTY", "");

  private static Interpolated interpolate(String text) {
    return interpolate(text, VALUES);
  }

  private static Interpolated interpolate(String text, Map<String, String> values) {
    return ComposeInterpolation.interpolate(text, name -> Optional.ofNullable(values.get(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$FOO; first",
        "${FOO}; first",
        "a-$FOO-b; a-first-b",
        "$FOO1; ''",
        "[$NONE]; []",
        "[${NONE}]; []",
        "${NONE:-d}; d",
        "${NONE-d}; d",
        "${EMPTY:-d}; d",
        "[${EMPTY-d}]; []",
        "${FOO:-d}; first",
        "${FOO:+r}; r",
        "[${EMPTY:+r}]; []",
        "${EMPTY+r}; r",
        "[${NONE+r}]; []",
        "${FOO:?e}; first",
        "[${EMPTY?e}]; []",
        "$$FOO; $FOO",
        "$${FOO}; ${FOO}",
        "$$$FOO; $first",
        "${NONE:-$$x}; $x",
        "${NONE:-${ALSO_NONE:-${FOO}}}; first",
        "${NONE:-a}}; a}",
        "${FOO:+${NONE:-x}-y}; x-y",
        "${NONE:-a:-b?c+d}; a:-b?c+d",
        "$; $",
        "100$; 100$",
        "$1; $1",
        "a $ b; a $ b",
        "${NONE:-{}}; {}",
        "$(pwd); $(pwd)",
      })
  void replacesEveryForm(String template, String expected) {
    Interpolated result = interpolate(template);
    assertThat(result.error()).isNull();
    assertThat(result.required()).isNull();
    assertThat(result.text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "${}",
        "${ }",
        "${ FOO}",
        "${FOO }",
        "${FOO!}",
        "${FOO",
        "${FOO:-a",
        "${1}",
        "${-}",
        "${FOO:}",
        "${FOO:x}",
        "${FOO.BAR}",
        "${NONE:-${}}",
        "x ${FOO:-{} y",
        "${{FOO}}"
      })
  void refusesWhatIsNoTemplateAndLeavesTheText(String template) {
    Interpolated result = interpolate(template);
    assertThat(result.text()).isEqualTo(template);
    assertThat(result.error())
        .startsWith("invalid template \"$")
        .contains("expected ${NAME}")
        .contains("write $$ where a dollar sign is meant");
  }

  @Test
  void doesNotReadValuesAgain() {
    assertThat(interpolate("$A", Map.of("A", "$B ${", "B", "x")).text()).isEqualTo("$B ${");
  }

  @Test
  void keepsGoingAfterAMissingRequiredVariable() {
    Interpolated result = interpolate("${NONE:?why $FOO} $FOO ${OTHER?}");
    assertThat(result.required()).isEqualTo("required variable NONE is missing a value: why first");
    assertThat(result.error()).isNull();
    assertThat(result.text()).isEqualTo(" first ");
  }

  @Test
  void boundsNesting() {
    String deep = "${A:-".repeat(64) + "x" + "}".repeat(64);
    assertThat(interpolate(deep).text()).isEqualTo("x");
    String deeper = "${A:-".repeat(100_000) + "x" + "}".repeat(100_000);
    assertThat(interpolate(deeper).error()).contains("more than 64 deep");
  }

  @Test
  void boundsTheLengthOfTheResult() {
    Interpolated result = interpolate("$A".repeat(1000), Map.of("A", "x".repeat(100_000)));
    assertThat(result.error()).contains("more than a million characters");
  }

  @Nested
  class Mentions {
    @Test
    void areListedInOrderWithWhatStandsThere() {
      assertThat(interpolate("$FOO $NONE ${EMPTY} ${X:-d}").mentions())
          .containsExactly(
              new Mention("FOO", "first", true, false),
              new Mention("NONE", "", false, false),
              new Mention("EMPTY", "", true, false),
              new Mention("X", "d", false, true));
    }

    @Test
    void ofDefaultsAreListedOnlyWhereNeeded() {
      assertThat(interpolate("${FOO:-$NONE}").mentions())
          .extracting(Mention::name)
          .containsExactly("FOO");
      assertThat(interpolate("${X:-${Y-$FOO}}").mentions())
          .containsExactly(
              new Mention("X", "first", false, true),
              new Mention("Y", "first", false, true),
              new Mention("FOO", "first", true, false));
    }

    @Test
    void sayThatAnEmptyValueIsThere() {
      assertThat(interpolate("${EMPTY:-d}").mentions())
          .containsExactly(new Mention("EMPTY", "d", true, true));
    }

    @Test
    void ofReplacementsCarryTheReplacement() {
      assertThat(interpolate("${FOO:+on} ${NONE:+on}").mentions())
          .containsExactly(
              new Mention("FOO", "on", true, false), new Mention("NONE", "", false, true));
    }
  }

  @Test
  void agreesWithTheReferenceImplementationOnItsVectors() {
    Mapping vectors =
        (Mapping) JsonReader.read(Corpus.text("compose-go/interpolation-vectors.json"), "vectors");
    Map<String, String> values = new LinkedHashMap<>();
    ((Mapping) vectors.find("variables").orElseThrow())
        .entries()
        .forEach(entry -> values.put(entry.key(), ((Scalar) entry.value()).text()));
    List<Mapping> cases =
        ((Sequence) vectors.find("cases").orElseThrow())
            .items().stream().map(Mapping.class::cast).toList();
    assertThat(cases).hasSizeGreaterThan(60);
    SoftAssertions.assertSoftly(softly -> cases.forEach(vector -> check(softly, vector, values)));
  }

  private static void check(SoftAssertions softly, Mapping vector, Map<String, String> values) {
    String template = text(vector, "template");
    Interpolated result = interpolate(template, values);
    String said = result.error() == null ? result.required() : result.error();
    if (vector.find("error").isPresent()) {
      softly
          .assertThat(said == null ? "" : said.toLowerCase(Locale.ROOT))
          .as(template)
          .contains(text(vector, "error").toLowerCase(Locale.ROOT));
    } else {
      softly.assertThat(said).as(template).isNull();
      softly.assertThat(result.text()).as(template).isEqualTo(text(vector, "expected"));
    }
  }

  private static String text(Mapping vector, String key) {
    return ((Scalar) vector.find(key).orElseThrow()).text();
  }

  @Test
  void neverThrowsAndLeavesTextWithoutDollarsAlone() {
    long seed = Long.getLong("audition.seed", 20261120L);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    String alphabet = "$${{}}:?+-_A1 aFOO";
    for (int round = 0; round < 15_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(20);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Interpolated result = interpolate(text.toString());
      assertThat(result.text()).as("seed %d: %s", seed, text).isNotNull();
      String doubled = text.toString().replace("$", "$$");
      assertThat(interpolate(doubled).text()).as("seed %d", seed).isEqualTo(text.toString());
    }
  }
}
