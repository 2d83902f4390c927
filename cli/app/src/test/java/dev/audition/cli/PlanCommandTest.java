package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.TaskDefinitionRules;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code audition plan} prints for programs, and how it ends. */
class PlanCommandTest {
  private static final String BUILDS_AND_TESTS =
      """
      version: '1.0'
      steps:
        image: {type: build, image_name: shop, dockerfile: Dockerfile}
        it:
          type: composition
          composition: {services: {db: {image: 'postgres:16'}}}
          composition_candidates: {tests: {image: '${{image}}', command: 'test.sh'}}
        ship: {type: push, candidate: '${{image}}'}
      """;

  @TempDir Path folder;
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
  }

  private static TreeNode json(CommandRun run) {
    return JsonReader.read(run.out(), "stdout");
  }

  private static TreeNode at(TreeNode node, Object... path) {
    TreeNode found = node;
    for (Object key : path) {
      found =
          key instanceof Integer index
              ? ((Sequence) found).items().get(index)
              : ((Mapping) found).find(key.toString()).orElseThrow();
    }
    return found;
  }

  private static String text(TreeNode node, Object... path) {
    return ((Scalar) at(node, path)).text();
  }

  @Test
  void jsonIsOneDocumentWithContainersGatesAndSizes() {
    CommandRun run = place.type("plan", place.example("quickstart"), "--json");
    assertThat(run.exitCode()).isZero();
    TreeNode task = at(json(run), "steps", 0, "tasks", 0);
    assertThat(text(task, "cpuUnits")).isEqualTo("512");
    assertThat(text(task, "containers", 0, "service")).isEqualTo("database");
    assertThat(text(task, "containers", 1, "service")).isEqualTo("tests");
    assertThat(text(task, "containers", 1, "candidate")).isEqualTo("true");
    assertThat(text(task, "containers", 1, "gates", 0, "service")).isEqualTo("database");
  }

  @Test
  void jsonOfWhatIsRefusedSaysWhy() {
    CommandRun run = place.type("plan", place.example("two-services-one-port"), "--json");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(text(json(run), "steps", 0, "diagnostics", 0, "category")).isEqualTo("clash");
  }

  @Test
  void theTaskDefinitionIsOneThatEcsTakes() {
    CommandRun run = place.type("plan", place.example("quickstart"), "--task-definition");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(TaskDefinitionRules.check(json(run))).isEmpty();
    assertThat(text(json(run), "family")).isEqualTo("audition-composition-1");
  }

  @Test
  void theTaskDefinitionsOfSeveralStepsAreAList() {
    String steps =
        """
        version: '1.0'
        steps:
          unit: {image: 'alpine:3', commands: [echo unit]}
          lint: {image: 'alpine:3', commands: [echo lint]}
        """;
    CommandRun run = place.type("plan", place.file("codefresh.yml", steps), "--task-definition");
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<TreeNode> definitions = ((Sequence) json(run)).items();
    assertThat(definitions).hasSize(2);
    assertThat(definitions)
        .allSatisfy(definition -> assertThat(TaskDefinitionRules.check(definition)).isEmpty());
  }

  @Test
  void noTaskDefinitionIsPrintedOfWhatIsRefused() {
    CommandRun run =
        place.type("plan", place.example("two-services-one-port"), "--task-definition");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("refused: ", "6379");
  }

  @Test
  void aStepThatIsNotRunHereIsListedInThePlan() {
    String file = place.file("codefresh.yml", BUILDS_AND_TESTS);
    String _ = place.file("Dockerfile", "FROM scratch");
    CommandRun run = place.type("plan", file);
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).contains("step 1 image", "step 2 it", "step 3 ship: not run, ");
  }

  @Test
  void aRunRefusesAStepThatIsNotRunHereUnlessItMayBeSkipped() {
    String file = place.file("codefresh.yml", BUILDS_AND_TESTS);
    String _ = place.file("Dockerfile", "FROM scratch");
    CommandRun refused = place.type("run", file);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("ship", "--skip-unsupported");
    CommandRun skipped = place.type("run", file, "--skip-unsupported");
    assertThat(skipped.exitCode()).as("no engine, and so not refused").isEqualTo(2);
  }

  @Test
  void aComposeFileWithoutACandidateIsPlannedAndNotRun() {
    String file = place.file("compose.yaml", "services: {db: {image: postgres}, e2e: {image: a}}");
    CommandRun plan = place.type("plan", file);
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out()).contains("nothing says yet whose exit code decides");
    CommandRun run = place.type("run", file);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("db, e2e", "--candidate e2e");
    assertThat(place.type("plan", file, "--candidate", "e2e").out()).contains("e2e (candidate)");
  }

  @Test
  void theChoiceAmongFilesIsNamedAndTheOverrideIsMerged() {
    String _ = place.file("compose.yaml", "services: {sut: {image: 'a:1'}}");
    String _ = place.file("docker-compose.yml", "services: {other: {image: b}}");
    String _ = place.file("compose.override.yaml", "services: {sut: {image: 'a:2'}}");
    CommandRun run = place.type("plan", folder.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("compose.yaml: this file is read, with compose.override.yaml merged over it")
        .contains("passed over: docker-compose.yml")
        .contains("a:2");
  }

  @Test
  void severalFilesAreMergedInOrder() {
    String first = place.file("a.yml", "services: {sut: {image: 'a:1'}, db: {image: 'b:1'}}");
    String second = place.file("b.yml", "services: {sut: {image: 'a:2'}}");
    CommandRun run = place.type("plan", "-f", first, "-f", second);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("a:2", "b:1").doesNotContain("a:1");
  }

  @Test
  void whatIsMissingIsAskedForInALineToPasteThatIsEnough() {
    String steps =
        """
        version: '1.0'
        steps:
          it:
            type: composition
            composition: {services: {app: {image: '${{built elsewhere}}'}}}
            composition_candidates: {tests: {image: 'shop/tests:${{CF_TAG}}'}}
        """;
    String file = place.file("codefresh.yml", steps);
    CommandRun refused = place.type("plan", file);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.out())
        .contains("audition plan codefresh.yml --image 'built elsewhere=REF' --var CF_TAG=VALUE");
    CommandRun given =
        place.type("plan", file, "--image", "built elsewhere=shop/app:7", "--var", "CF_TAG=9");
    assertThat(given.exitCode()).as(given.out()).isZero();
    assertThat(given.out()).contains("shop/app:7", "shop/tests:9");
  }
}
