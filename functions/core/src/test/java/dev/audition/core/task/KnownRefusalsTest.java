package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.ComposeReader;
import dev.audition.core.compose.ComposeRequest;
import dev.audition.core.compose.ComposeResult;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.expression.Variables;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Step;
import dev.audition.core.pipeline.StepOptions;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.Planner;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.testkit.SampleService;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each refusal that ECS is known to make: a better one stands in front, or it cannot come. */
class KnownRefusalsTest {
  private static final String FILE = "/work/compose.yml";
  private static final LogOptions LOGS = new LogOptions("g", "r", "p", false);
  private static final TaskDefinitionJson.Roles ROLES =
      new TaskDefinitionJson.Roles("arn:aws:iam::123456789012:role/x", null);

  /** What becomes of a composition, from the file to what would be registered. */
  private record Outcome(List<Diagnostic> diagnostics, List<TreeNode> definitions) {
    List<Diagnostic> refusals() {
      return diagnostics.stream().filter(Diagnostic::refuses).toList();
    }
  }

  static Stream<JsonFields> rows() throws IOException {
    try (var text = KnownRefusalsTest.class.getResourceAsStream("/ecs/refusals.yml")) {
      assertThat(text).isNotNull();
      Diagnostics diagnostics = new Diagnostics();
      TreeNode rows =
          YamlReader.read(
              new String(text.readAllBytes(), StandardCharsets.UTF_8), "refusals.yml", diagnostics);
      assertThat(diagnostics.sorted()).isEmpty();
      return ((TreeNode.Sequence) Objects.requireNonNull(rows))
          .items().stream().map(row -> new JsonFields((TreeNode.Mapping) row));
    }
  }

  private static String compose(JsonFields row) {
    if (row.isTrue("none")) {
      return "services: {}\n";
    }
    String service =
        row.text("service").replace("LONG64", "x".repeat(65_536)).replace("LONG", "x".repeat(250));
    boolean image = service.startsWith("image:");
    return "x-audition: {candidates: test}\nservices:\n  db: {image: db}\n  app:\n"
        + (image ? "" : "    image: app\n")
        + service.indent(4)
        + row.text("more")
        + "  test: {image: test, depends_on: [app]}\n"
        + "volumes:\n  data:\n  unused:\n  nfs: {driver_opts: {type: nfs, device: ':/x'}}\n"
        + "secrets: {s: {environment: HOME}}\n";
  }

  private static SourceFiles files(String compose) {
    return new SourceFiles() {
      @Override
      public Content read(String path) {
        return path.equals(FILE) ? new Content.Text(compose) : new Content.Missing();
      }

      @Override
      public Kind kind(String path) {
        return path.equals(FILE)
            ? Kind.FILE
            : List.of("/work", "/work/sql").contains(path) ? Kind.FOLDER : Kind.ABSENT;
      }

      @Override
      public String display(String path) {
        return path.substring("/work/".length());
      }
    };
  }

  private static Outcome outcome(String compose) {
    SourceFiles files = files(compose);
    Variables variables =
        new Variables(List.of(Variables.Source.of("--var", Map.of("HOME", "/h"))));
    ComposeResult read =
        ComposeReader.read(ComposeRequest.ofFiles(List.of(FILE), "/work", variables), files);
    List<Diagnostic> diagnostics = new ArrayList<>(read.diagnostics());
    List<TreeNode> definitions = new ArrayList<>();
    if (read.composition() != null) {
      Step step =
          new Step.CompositionStep(
              "step",
              SampleService.place("step"),
              StepOptions.DEFAULT,
              read.composition(),
              List.of("test"));
      Pipeline pipeline =
          new Pipeline("compose.yml", new Workspace("/work", "shop"), List.of(step), List.of());
      ImageConfigs images = _ -> Optional.of(FargateLoweringTest.image(""));
      Plan plan = Planner.plan(pipeline, 1, images, files);
      diagnostics.addAll(plan.diagnostics());
      FargateLowered lowered = FargateLowering.lower(plan, images, FargateOptions.of("/work"));
      diagnostics.addAll(lowered.diagnostics());
      lowered.tasks().stream()
          .map(task -> TaskDefinitionJson.render(task.definition(), LOGS, ROLES))
          .forEach(definitions::add);
    }
    return new Outcome(diagnostics, definitions);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void standsInFrontOrCannotCome(String says) throws IOException {
    JsonFields row = rows().filter(one -> one.text("says").equals(says)).findFirst().orElseThrow();
    Outcome outcome = outcome(compose(row));
    if (row.has("refused")) {
      assertRefused(row.texts("refused"), outcome);
    } else {
      assertLowered(row.object("lowered").orElseThrow(), outcome);
    }
  }

  static Stream<String> names() throws IOException {
    return rows().map(row -> row.text("says"));
  }

  private static void assertRefused(List<String> parts, Outcome outcome) {
    List<Diagnostic> refusals = outcome.refusals();
    assertThat(refusals).as("refusals").isNotEmpty();
    assertThat(refusals)
        .as("one says it: " + refusals.stream().map(Diagnostic::render).toList())
        .anySatisfy(
            refusal -> {
              assertThat(refusal.render()).contains(parts);
              assertThat(refusal.location()).as("where").isNotNull();
              assertThat(refusal.remedy() + refusal.message())
                  .as("what to do, or what was expected")
                  .matches(text -> !refusal.remedy().isEmpty() || text.contains("(expected: "));
            });
  }

  private static void assertLowered(JsonFields expected, Outcome outcome) {
    assertThat(outcome.refusals()).as("refusals").isEmpty();
    assertThat(outcome.definitions()).hasSize(1);
    TreeNode definition = outcome.definitions().getFirst();
    assertThat(TaskDefinitionRules.check(definition)).as("broken rules").isEmpty();
    // Programs of ours are texts too, and none of what is asked about.
    String json =
        JsonWriter.write(definition)
            .replace(JsonWriter.write(text("keeper.py")), "\"\"")
            .replace(JsonWriter.write(text("pack.py")), "\"\"")
            .replace(JsonWriter.write(text("stage.py")), "\"\"");
    if (expected.has("absent")) {
      assertThat(json).doesNotContain(expected.text("absent"));
    }
    assertThat(json).contains(expected.text("present"));
    if (expected.has("said")) {
      assertThat(outcome.diagnostics())
          .extracting(Diagnostic::render)
          .anySatisfy(line -> assertThat(line).contains(expected.text("said")));
    }
  }

  private static TreeNode text(String program) {
    return Tree.text(OwnProgram.text(program));
  }
}
