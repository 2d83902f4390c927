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

  /** One line per step: what it is, or why it is not. */
  private static final Map<String, String> EXPECTED = expected();

  private static Map<String, String> expected() {
    Map<String, String> outcomes = new TreeMap<>();
    for (String line : ExpectedOutcomes.PIPELINES.lines().toList()) {
      int arrow = line.indexOf(" -> ");
      outcomes.put(line.substring(0, arrow), line.substring(arrow + 4));
    }
    return outcomes;
  }

  @Test
  void eachStepOfRealPipelinesComesOutAsExpected() throws IOException {
    Path corpus = Path.of(System.getProperty("audition.corpus", ""), "codefresh");
    assumeTrue(
        !System.getProperty("audition.corpus", "").isEmpty() && Files.isDirectory(corpus),
        () ->
            "not run: %d outcomes, as audition.corpus names no folder".formatted(EXPECTED.size()));
    Map<String, String> outcomes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(corpus, 2)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        read(corpus.relativize(file).toString(), Files.readString(file), outcomes);
      }
    }
    assertThat(lines(outcomes)).isEqualTo(lines(EXPECTED));
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
    if (!first.diagnostics().isEmpty()) {
      Matcher matcher = ASKED.matcher(first.diagnostics().getLast().remedy());
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
        short_(name),
        (pipeline == null ? "no pipeline" : "pipeline") + asked + refusals(project, ""));
    if (pipeline != null) {
      for (Step step : pipeline.steps()) {
        outcomes.put(short_(name) + " / " + step.name(), outcome(step));
      }
    }
  }

  private static String keys(Map<String, String> images, Map<String, String> variables) {
    return String.join(
        ", ", Stream.concat(images.keySet().stream(), variables.keySet().stream()).toList());
  }

  private static String short_(String name) {
    return name.replaceAll("\\.[0-9a-f]{8}\\.ya?ml$", "");
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
