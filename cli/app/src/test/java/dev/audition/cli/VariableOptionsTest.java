package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where variables come from: {@code --var}, {@code --var-file}, the environment, {@code .env}. */
class VariableOptionsTest {
  @TempDir Path folder;
  private Place place = new Place(Path.of(""), Map.of());
  private String file = "";

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
    file = place.file("compose.yaml", "services: {sut: {image: 'shop:${TAG:-none}-${B-}'}}");
  }

  private CommandRun plan(String... options) {
    List<String> words = new ArrayList<>(List.of("plan", file));
    words.addAll(List.of(options));
    return place.type(words);
  }

  @Test
  void aVariableWithoutAValueTakesTheOneOfTheEnvironment() {
    place = place.with("TAG", "from-environment");
    CommandRun run = plan("--var", "TAG", "--var", "B=1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("shop:from-environment-1")
        .containsPattern("TAG +from-environment +from --var");
  }

  @Test
  void aVariableThatNobodyHasIsWrongUsage() {
    CommandRun run = plan("--var", "TAG");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "audition: --var TAG has no value, and the environment has no TAG: write --var"
                + " TAG=VALUE\n");
  }

  @Test
  void aValueMayHoldAnything() {
    assertThat(plan("--var", "TAG=a=b", "--var", "B=").out())
        .containsPattern("TAG +a=b +from --var")
        .containsPattern("B +\\(empty\\) +from --var");
  }

  @Test
  void theStrongestSourceWins() {
    place = place.with("TAG", "environment");
    String _ = place.file(".env", "TAG=dotenv\nB=dotenv\n");
    String variables = place.file("variables", "TAG=file\n");
    assertThat(plan().out()).contains("shop:environment-dotenv");
    assertThat(plan("--var-file", variables).out()).contains("shop:file-dotenv");
    assertThat(plan("--var-file", variables, "--var", "TAG=var").out()).contains("shop:var-dotenv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v.env  | # a comment%nexport TAG=7%nB='x'",
        "v.yml  | TAG: 7%nB: x",
        "v.yaml | {TAG: '7', B: x}",
        "v.json | {\"TAG\": 7, \"B\": \"x\"}"
      })
  void aVariableFileHasLinesOrIsAMapping(String name, String text) {
    CommandRun run = plan("--var-file", place.file(name, text.replace("%n", "\n")));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("shop:7-x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a, b]          | expected lines K=V, or a mapping of names to texts",
        "TAG: [1]        | v.yml:1:1: TAG: expected text, not a list",
        "TAG: {a: 1}     | v.yml:1:1: TAG: expected text, not a mapping",
        "TAG: 'unclosed  | v.yml:1:"
      })
  void aVariableFileOfAnotherKindIsWrongUsage(String text, String message) {
    CommandRun run = plan("--var-file", place.file("v.yml", text));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("v.yml", message).doesNotContain("Exception");
  }

  @Test
  void aVariableFileThatIsNotThereIsWrongUsage() {
    CommandRun run = plan("--var-file", folder.resolve("gone").toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("audition: --var-file: there is no file gone\n");
  }

  @Test
  void aCompositionInAPipelineSeesWhatIsGivenAndNotTheEnvironment() {
    place = place.with("TAG", "environment");
    file =
        place.file(
            "codefresh.yml",
            """
            version: '1.0'
            steps:
              it:
                type: composition
                composition: {services: {db: {image: 'db:${TAG:-none}'}}}
                composition_candidates: {tests: {image: 'tests:1'}}
            """);
    assertThat(plan().out()).contains("db:none");
    assertThat(plan("--var", "TAG=given").out()).contains("db:given");
  }
}
