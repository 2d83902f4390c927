package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.expression.Variables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectFilesTest {
  private static FilesInMemory folder(String... names) {
    FilesInMemory files = new FilesInMemory();
    for (String name : names) {
      files.with(name, "");
    }
    return files;
  }

  private static ProjectFiles.Choice choose(String... names) {
    return ProjectFiles.choose(FilesInMemory.ROOT, folder(names));
  }

  @Test
  void takesTheFirstOfTheOrderAndTellsWhatItPassedOver() {
    ProjectFiles.Choice choice =
        choose("docker-compose.yml", "codefresh.yml", ".codefresh/codefresh.yml", "audition.yml");
    assertThat(choice.files()).containsExactly("/ws/audition.yml");
    assertThat(choice.passedOver())
        .containsExactly(
            "/ws/codefresh.yml", "/ws/.codefresh/codefresh.yml", "/ws/docker-compose.yml");
    assertThat(choice.diagnostics())
        .extracting(Diagnostic::render)
        .containsExactly(
            "audition.yml: this file is read; passed over: codefresh.yml,"
                + " .codefresh/codefresh.yml, docker-compose.yml. Name the file to have another"
                + " one.");
  }

  @Test
  void findsEachNameOfTheOrder() {
    List<String> order =
        List.of(
            "audition.yml",
            "codefresh.yml",
            ".codefresh/codefresh.yml",
            "compose.yaml",
            "compose.yml",
            "docker-compose.yml",
            "docker-compose.yaml");
    for (int i = 0; i < order.size(); i++) {
      String[] rest = order.subList(i, order.size()).toArray(String[]::new);
      assertThat(choose(rest).files()).containsExactly("/ws/" + order.get(i));
    }
  }

  @Test
  void loadsTheOverrideBesideAComposeFileAndNamesIt() {
    ProjectFiles.Choice choice =
        choose("docker-compose.yml", "docker-compose.override.yml", "compose.override.yaml");
    assertThat(choice.files())
        .containsExactly("/ws/docker-compose.yml", "/ws/compose.override.yaml");
    assertThat(choice.passedOver()).containsExactly("/ws/docker-compose.override.yml");
    assertThat(choice.diagnostics().getFirst().message())
        .contains("with compose.override.yaml merged over it");
  }

  @Test
  void mergesNoOverrideOverAPipeline() {
    assertThat(choose("codefresh.yml", "compose.override.yml").files())
        .containsExactly("/ws/codefresh.yml");
  }

  @Test
  void aFileIsTakenAsItIs() {
    FilesInMemory files = folder("compose.yml", "compose.override.yml");
    assertThat(ProjectFiles.choose("/ws/compose.yml", files))
        .isEqualTo(new ProjectFiles.Choice(List.of("/ws/compose.yml"), List.of(), List.of()));
  }

  /** Otherwise what the author merges over the first file would be missing without a word. */
  @Test
  void composeFileOfTheEnvironmentOrOfDotEnvSaysWhatIsRead() {
    FilesInMemory files =
        folder("compose.yaml", "compose.override.yaml", "ci/ci.yml")
            .with(".env", "COMPOSE_FILE=compose.yaml:ci/ci.yml");
    ProjectFiles.Choice choice = ProjectFiles.choose(FilesInMemory.ROOT, files);
    assertThat(choice.files()).containsExactly("/ws/compose.yaml", "/ws/ci/ci.yml");
    assertThat(choice.diagnostics())
        .extracting(Diagnostic::render)
        .containsExactly(
            "compose.yaml: COMPOSE_FILE says what is read: compose.yaml, ci/ci.yml; passed over:"
                + " compose.override.yaml");
    assertThat(
            ProjectFiles.choose(
                    FilesInMemory.ROOT,
                    files,
                    environment("COMPOSE_FILE", "ci/ci.yml;", "COMPOSE_PATH_SEPARATOR", ";"))
                .files())
        .containsExactly("/ws/ci/ci.yml");
  }

  @Test
  void composeFileThatNamesAMissingFileIsRefused() {
    ProjectFiles.Choice choice =
        ProjectFiles.choose(
            FilesInMemory.ROOT, folder("compose.yaml"), environment("COMPOSE_FILE", "gone.yml"));
    assertThat(choice.files()).isEmpty();
    assertThat(choice.diagnostics())
        .extracting(Diagnostic::render)
        .containsExactly(
            "gone.yml: there is no such file, and COMPOSE_FILE names it: gone.yml. Mend"
                + " COMPOSE_FILE in the environment or in .env, or name the files with -f.");
  }

  @Test
  void composeFileDoesNotHideAPipelineNorAPathThatIsNamed() {
    FilesInMemory files = folder("codefresh.yml", "compose.yaml", "ci.yml");
    Variables named = environment("COMPOSE_FILE", "ci.yml");
    assertThat(ProjectFiles.choose(FilesInMemory.ROOT, files, named).files())
        .containsExactly("/ws/codefresh.yml");
    assertThat(ProjectFiles.choose("/ws/compose.yaml", files, named).files())
        .containsExactly("/ws/compose.yaml");
  }

  private static Variables environment(String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Variables(List.of(Variables.Source.of(ProjectRequest.ENVIRONMENT, values)));
  }

  @Test
  void saysWhatItLookedForWhereThereIsNothing() {
    ProjectFiles.Choice choice = choose("README.md");
    assertThat(choice.files()).isEmpty();
    assertThat(choice.diagnostics().getFirst().refuses()).isTrue();
    assertThat(choice.diagnostics().getFirst().message())
        .contains("audition.yml", ".codefresh/codefresh.yml", "docker-compose.yaml");
  }

  @Test
  void refusesAPathThatIsNotThere() {
    assertThat(ProjectFiles.choose("/ws/nowhere", folder("a.yml")).diagnostics())
        .extracting(Diagnostic::render)
        .containsExactly("nowhere: there is no such file or folder. Name a file or a folder.");
  }
}
