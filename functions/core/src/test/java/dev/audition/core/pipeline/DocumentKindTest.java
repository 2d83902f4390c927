package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.YamlReader;
import org.junit.jupiter.api.Test;

class DocumentKindTest {
  private static DocumentKind of(String text) {
    TreeNode node = YamlReader.read(text, "f.yml", new Diagnostics());
    return DocumentKind.of((TreeNode.Mapping) java.util.Objects.requireNonNull(node));
  }

  @Test
  void stepsMakeAPipelineEvenBesideServices() {
    assertThat(of("version: 1.0\nservices: {name: x}\nsteps: {}")).isEqualTo(DocumentKind.PIPELINE);
    assertThat(of("stages: [a]")).isEqualTo(DocumentKind.PIPELINE);
  }

  @Test
  void servicesMakeAComposeFile() {
    assertThat(of("services: {db: {image: x}}")).isEqualTo(DocumentKind.COMPOSE);
    assertThat(of("include: [a.yml]")).isEqualTo(DocumentKind.COMPOSE);
    assertThat(of("version: '3'\nvolumes: {a: }")).isEqualTo(DocumentKind.COMPOSE);
    assertThat(of("services:")).isEqualTo(DocumentKind.COMPOSE);
  }

  @Test
  void servicesAtTheTopAreTheFirstLayoutOfCompose() {
    assertThat(of("db: {image: x}\napp: {build: .}")).isEqualTo(DocumentKind.COMPOSE);
  }

  @Test
  void aStepAloneIsAFragment() {
    assertThat(of("unit: {type: composition, composition: {}}")).isEqualTo(DocumentKind.FRAGMENT);
    assertThat(of("unit: {image: x, commands: [ls]}")).isEqualTo(DocumentKind.FRAGMENT);
    assertThat(of("type: composition\ncomposition: {}")).isEqualTo(DocumentKind.FRAGMENT);
  }

  @Test
  void otherFilesAreUnknown() {
    assertThat(of("language: node_js\nservices: [mongodb]")).isEqualTo(DocumentKind.UNKNOWN);
  }

  @Test
  void fragmentsAndUnknownFilesAreRefusedInClearWords() {
    assertThat(Asked.file("step.yml", "unit: {type: composition}").read().refusals())
        .containsExactly(
            "step.yml:1:1: this is a step without a pipeline around it (expected: version and steps"
                + " at the top). Write version: '1.0' and steps: above it, and indent it below"
                + " steps.");
    assertThat(Asked.file(".travis.yml", "language: node_js").read().refusals())
        .containsExactly(
            ".travis.yml:1:1: the file is neither a pipeline (no steps) nor a compose file (no"
                + " services). Write steps: with what to run, or services: as in a compose file.");
  }

  @Test
  void emptyFilesListsAndBrokenYamlAreRefused() {
    assertThat(Asked.pipeline("# nothing\n").read().refusals())
        .containsExactly(
            "codefresh.yml:1:1: the file is empty. Write steps: with what to run, or services: as"
                + " in a compose file.");
    assertThat(Asked.pipeline("- a\n").read().refusals())
        .containsExactly(
            "codefresh.yml:1:1: the file is a list (expected: a mapping). Write steps: with what to"
                + " run, or services: as in a compose file.");
    assertThat(
            Asked.pipeline("version: '1.0'\nsteps:\n  build_step\n    title: B\n")
                .read()
                .refusals())
        .singleElement()
        .asString()
        .startsWith("codefresh.yml:");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Project project =
        ProjectReader.read(
            new ProjectRequest(
                java.util.List.of("/ws/none.yml"),
                new Workspace("/ws", "shop"),
                new dev.audition.core.expression.Variables(java.util.List.of()),
                new java.util.LinkedHashMap<>(),
                java.util.List.of(),
                java.util.List.of(),
                null,
                false,
                null),
            new FilesInMemory());
    assertThat(project.pipeline()).isNull();
    assertThat(project.diagnostics().getFirst().render())
        .isEqualTo(
            "none.yml: there is no such file. Name a pipeline or compose file, or a folder with"
                + " one.");
  }

  @Test
  void aPipelineIsReadAlone() {
    assertThat(
            Asked.pipeline("version: 1.0\nsteps: {}")
                .alsoFile("b.yml", "services: {}")
                .read()
                .refusals())
        .containsExactly(
            "codefresh.yml:1:1: a pipeline is read alone, and there are more files. Name one of"
                + " them; several are for compose files.");
  }
}
