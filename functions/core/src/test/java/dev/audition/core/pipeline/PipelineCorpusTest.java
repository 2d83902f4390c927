package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.audition.core.diagnostic.Severity;
import dev.audition.core.expression.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of each step of real pipelines, read as a plan with the values it asks for. */
class PipelineCorpusTest {
  private static final Pattern ASKED = Pattern.compile("--(image|var) '?([^=']+)=(REF|VALUE)'?");

  /** One line per file and per step: what it is, or why it is not. */
  private static final Path GOLDEN =
      Path.of("src/test/resources/pipeline/corpus/expected.outcomes.txt");

  @Test
  void eachStepOfRealPipelinesComesOutAsExpected() throws IOException {
    String folder = System.getProperty("audition.corpus", "");
    Path corpus = Path.of(folder, "codefresh");
    String expected = Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "";
    assumeTrue(
        !folder.isEmpty() && Files.isDirectory(corpus),
        () ->
            "%d outcomes of real pipelines not checked: audition.corpus names no folder"
                .formatted(expected.lines().count()));
    Map<String, String> outcomes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(corpus, 2)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        read(corpus.relativize(file).toString(), Files.readString(file), outcomes);
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, lines(outcomes));
    }
    assertThat(lines(outcomes)).isEqualTo(Files.readString(GOLDEN));
  }

  private static String lines(Map<String, String> outcomes) {
    StringBuilder lines = new StringBuilder();
    outcomes.forEach(
        (step, outcome) -> lines.append(step).append(" -> ").append(outcome).append('\n'));
    return lines.toString();
  }

  private static void read(String name, String text, Map<String, String> outcomes) {
    Project first = project(text, Map.of(), Map.of());
    Map<String, String> images = new LinkedHashMap<>();
    Map<String, String> variables = new LinkedHashMap<>();
    if (first.refused() && !first.diagnostics().isEmpty()) {
      String remedy = first.diagnostics().getLast().remedy();
      Matcher matcher = ASKED.matcher(remedy.contains("audition plan") ? remedy : "");
      while (matcher.find()) {
        (matcher.group(1).equals("image") ? images : variables)
            .put(matcher.group(2), matcher.group(1).equals("image") ? "given:1" : "given");
      }
    }
    Project project = project(text, images, variables);
    String asked =
        images.isEmpty() && variables.isEmpty()
            ? ""
            : " (asked for " + keys(images, variables) + ")";
    Pipeline pipeline = project.pipeline();
    outcomes.put(
        name, (pipeline == null ? "no pipeline" : "pipeline") + asked + refusals(project, ""));
    if (pipeline != null) {
      for (Step step : pipeline.steps()) {
        outcomes.put(name + " / " + step.name(), outcome(step));
      }
    }
  }

  private static String keys(Map<String, String> images, Map<String, String> variables) {
    return String.join(
        ", ", Stream.concat(images.keySet().stream(), variables.keySet().stream()).toList());
  }

  private static String refusals(Project project, String prefix) {
    List<String> refusals =
        project.diagnostics().stream()
            .filter(diagnostic -> diagnostic.severity() == Severity.REFUSAL)
            .map(diagnostic -> diagnostic.category() + " " + diagnostic.path())
            .toList();
    return refusals.isEmpty() ? "" : prefix + " refused: " + String.join("; ", refusals);
  }

  private static String outcome(Step step) {
    return switch (step) {
      case Step.CompositionStep composition ->
          "composition of %s, decided by %s"
              .formatted(
                  String.join(", ", composition.composition().services().keySet()),
                  String.join(", ", composition.candidates()));
      case Step.BuildStep build -> "build of " + build.image();
      case Step.OtherStep other -> "not run: %s, %s".formatted(other.type(), other.reason());
    };
  }

  private static Project project(
      String text, Map<String, String> images, Map<String, String> variables) {
    SequencedMap<String, String> git = new LinkedHashMap<>();
    git.put("CF_BRANCH_TAG_NORMALIZED", "main");
    git.put("CF_SHORT_REVISION", "0123456");
    git.put("CF_REPO_OWNER", "owner");
    FilesInMemory files = new FilesInMemory().with("codefresh.yml", text);
    return ProjectReader.read(
        new ProjectRequest(
            List.of("/ws/codefresh.yml"),
            new Workspace("/ws", "repo"),
            new Variables(
                List.of(
                    Variables.Source.of("--var", variables),
                    new Variables.Source(ProjectRequest.GIT, git))),
            new LinkedHashMap<>(images),
            List.of(),
            List.of(),
            null,
            false,
            "main",
            true),
        files);
  }
}
