package dev.audition.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineInterpolationTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "CF_BRANCH", "main", "steps.build.imageName", "app", "EMPTY", "", "LOOP", "${{EMPTY}}");

  private static Interpolated interpolate(String text) {
    return PipelineInterpolation.interpolate(text, name -> Optional.ofNullable(VALUES.get(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "${{CF_BRANCH}}; main",
        "${{ CF_BRANCH }}; main",
        "a-${{CF_BRANCH}}-${{CF_BRANCH}}; a-main-main",
        "${{steps.build.imageName}}:1; app:1",
        "[${{EMPTY}}]; []",
        "${{NONE}}; ${{NONE}}",
        "${{ NONE }} ${{CF_BRANCH}}; ${{ NONE }} main",
        "${{CF_BRANCH}; ${{CF_BRANCH}",
        "${{}}; ${{}}",
        "${{}}}; ${{}}}",
        "$${{CF_BRANCH}}; $main",
        "${CF_BRANCH} $CF_BRANCH {{CF_BRANCH}}; ${CF_BRANCH} $CF_BRANCH {{CF_BRANCH}}",
        "${{CF_BRANCH}}}}; main}}",
        "${{LOOP}}; ${{EMPTY}}",
      })
  void replacesWhatIsKnownAndLeavesTheRest(String template, String expected) {
    Interpolated result = interpolate(template);
    assertThat(result.text()).isEqualTo(expected);
    assertThat(result.error()).isNull();
    assertThat(result.required()).isNull();
  }

  @Test
  void endsANameWithItsLine() {
    assertThat(interpolate("a ${{ b\n${{CF_BRANCH}} }}").text()).isEqualTo("a ${{ b\nmain }}");
  }

  @Test
  void listsWhatIsMentioned() {
    assertThat(interpolate("${{ CF_BRANCH }} ${{NONE}} ${{EMPTY}}").mentions())
        .containsExactly(
            new Mention("CF_BRANCH", "main", true, false),
            new Mention("NONE", "", false, false),
            new Mention("EMPTY", "", true, false));
  }

  @Test
  void boundsTheLengthOfTheResult() {
    Interpolated result =
        PipelineInterpolation.interpolate(
            "${{A}}".repeat(1000), name -> Optional.of("x".repeat(100_000)));
    assertThat(result.error()).contains("more than a million characters");
  }

  @Test
  void takesLittleTimeOverManyUnclosedOnes() {
    String text = "${{".repeat(300_000);
    assertThat(interpolate(text).text()).isEqualTo(text);
  }
}
