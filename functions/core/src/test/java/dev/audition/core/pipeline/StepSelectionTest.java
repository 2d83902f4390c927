package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepSelectionTest {
  private static final String MIXED =
      "app: {type: build}\npush it: {type: push}\nhelm: {type: helm, arguments: {a: b}}\n";

  private static Asked mixed() {
    return Asked.steps(MIXED).beside("Dockerfile", "");
  }

  @Test
  void refusesWhatIsNotRunHereInOneMessage() {
    Asked.Answer answer = mixed().read();
    assertThat(answer.refusals())
        .containsExactly(
            "codefresh.yml:4:3: steps: 2 steps are not run here: push it (line 4, push: pushes an"
                + " image to a registry); helm (line 5, helm: is no type of the language, so a"
                + " plugin from a marketplace). Give --skip-unsupported to leave them out.");
    assertThat(answer.refused()).containsExactly(Category.UNSUPPORTED);
    assertThat(answer.stepNames()).containsExactly("app", "push it", "helm");
  }

  @Test
  void leavesThemOutWhenToldTo() {
    Asked.Answer answer = mixed().skipUnsupported().read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings())
        .singleElement()
        .asString()
        .startsWith("codefresh.yml:4:3: steps: 2 steps are not run here");
    assertThat(answer.step("push it"))
        .isEqualTo(
            new Step.OtherStep(
                "push it",
                answer.step("push it").location(),
                StepOptions.DEFAULT,
                "push",
                "pushes an image to a registry"));
  }

  @Test
  void aPlanShowsThemAndWarns() {
    Asked.Answer answer = mixed().planOnly().read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.stepNames()).containsExactly("app", "push it", "helm");
    assertThat(answer.warnings()).anyMatch(line -> line.contains("To run the others: give"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "push",
        "push-tag",
        "deploy",
        "launch-composition",
        "pending-approval",
        "travis",
        "simple_travis",
        "integration-test",
        "services",
        "freestyle-ssh",
        "github-action",
        "codefresh-run:1.2.3"
      })
  void runsNoneOfTheseTypes(String type) {
    assertThat(Asked.steps("a: {type: '" + type + "'}").read().refused())
        .containsExactly(Category.UNSUPPORTED);
  }

  @Test
  void proposesTheTypeThatWasMeant() {
    assertThat(Asked.steps("a: {type: compositon}").read().refusals())
        .singleElement()
        .asString()
        .contains("Did you mean composition?");
  }

  @Test
  void readsOnlyTheStepAskedFor() {
    Asked.Answer answer = mixed().step("app").read();
    assertThat(answer.project().diagnostics()).isEmpty();
    assertThat(answer.stepNames()).containsExactly("app");
  }

  @Test
  void addsTheBuildsThatItsImagesNeedAndTheirs() {
    Asked.Answer answer =
        Asked.steps(
                """
                last: {type: build, build_arguments: ['FROM=${{middle}}']}
                base: {type: build}
                other: {type: build}
                middle: {type: build, build_arguments: ['FROM=${{base}}']}
                """)
            .beside("Dockerfile", "")
            .step("last")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.stepNames()).containsExactly("base", "middle", "last");
  }

  @Test
  void needsNoBuildWhoseImageIsGiven() {
    Asked.Answer answer =
        Asked.steps(
                "base: {type: build}\nlast: {type: build, build_arguments: ['FROM=${{base}}']}\n")
            .beside("Dockerfile", "")
            .step("last")
            .image("base", "alpine:3")
            .read();
    assertThat(answer.stepNames()).containsExactly("last");
    assertThat(((Step.BuildStep) answer.step("last")).build().arguments())
        .containsEntry("FROM", "alpine:3");
  }

  @Test
  void refusesAnUnknownStepWithANearName() {
    Asked.Answer answer = mixed().step("ap").read();
    assertThat(answer.refusals())
        .containsExactly("--step ap: codefresh.yml has no such step (it has: app, push it, helm)");
    assertThat(mixed().step("push-it").read().refusals())
        .singleElement()
        .asString()
        .endsWith("Did you mean push it?");
  }

  @Test
  void refusesAStepAskedForThatIsNotRunHere() {
    assertThat(mixed().step("push it").read().refusals())
        .containsExactly(
            "codefresh.yml:4:3: steps.push it: a step of type push is not run here: pushes an image"
                + " to a registry");
  }

  private static final String PARALLEL =
      """
      p:
        type: parallel
        steps:
          a: {type: build}
          b: {type: push}
          c: {image: alpine, commands: [ls]}
      d: {type: build}
      """;

  @Test
  void parallelStepsAreNotRun() {
    assertThat(Asked.steps(PARALLEL).read().refused()).containsExactly(Category.UNSUPPORTED);
    Asked.Answer skipped = Asked.steps(PARALLEL).skipUnsupported().read();
    assertThat(skipped.refusals()).isEmpty();
    assertThat(skipped.stepNames()).containsExactly("p", "d");
    assertThat(skipped.step("p")).isInstanceOf(Step.OtherStep.class);
  }

  @Test
  void aPlanShowsTheChildrenOfParallelStepsInTheFilesOrder() {
    Asked.Answer answer = Asked.steps(PARALLEL).planOnly().read();
    assertThat(answer.stepNames()).containsExactly("a", "b", "c", "d");
    assertThat(answer.warnings())
        .anyMatch(line -> line.contains("its steps are planned one after the other"));
  }

  @Test
  void aChildOfAParallelStepCanBeAskedFor() {
    assertThat(Asked.steps(PARALLEL).step("a").read().stepNames()).containsExactly("a");
    assertThat(Asked.steps(PARALLEL).step("p").read().refusals())
        .singleElement()
        .asString()
        .endsWith("Ask for one of these with --step NAME: c.");
  }

  @Test
  void conditionsAreNotDecidedHere() {
    String step =
        """
        a:
          type: build
          when:
            condition: {all: {x: '"${{A}}" == "b"'}}
            steps: [{name: z, on: [success]}]
        """;
    Asked.Answer run = Asked.steps(step).read();
    assertThat(run.refused()).containsExactly(Category.UNSUPPORTED);
    assertThat(run.refusals().getFirst())
        .contains(
            "a (line 3, build: runs only if all x \"${{A}}\" == \"b\" and other steps ended so:"
                + " name z, on success, which is not decided here)");
    assertThat(Asked.steps(step).skipUnsupported().read().step("a"))
        .isInstanceOf(Step.OtherStep.class);
    Asked.Answer plan = Asked.steps(step).planOnly().read();
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.step("a")).isInstanceOf(Step.BuildStep.class);
    assertThat(plan.warnings()).anyMatch(line -> line.contains("run refuses it"));
    Asked.Answer chosen = Asked.steps(step).step("a").read();
    assertThat(chosen.refusals()).isEmpty();
    assertThat(chosen.step("a")).isInstanceOf(Step.BuildStep.class);
    assertThat(chosen.warnings()).anyMatch(line -> line.contains("asked for by name and runs"));
  }

  @Test
  void clonesAreTheWorkspaceAndNoneIsRefused() {
    Asked.Answer answer =
        Asked.steps(
                """
                main_clone: {type: git-clone, repo: x/any}
                same: {type: git-clone, repo: 'git@host:x/Shop.git'}
                variable: {type: git-clone, repo: '${{CF_REPO_OWNER}}/${{CF_REPO_NAME}}'}
                other: {type: git-clone, arguments: {repo: x/tools}}
                """)
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.notes()).hasSize(3);
    assertThat(answer.warnings())
        .containsExactly(
            "codefresh.yml:6:3: steps.other: x/tools is not cloned; the workspace (Shop) stands for"
                + " it. Run in a clone of it if its files are needed.");
    assertThat(answer.pipeline().steps()).allMatch(Step.OtherStep.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matrix: {environment: [A=1]}",
        "scale: {x: {}}",
        "services: [db]",
        "services: {composition: {db: {image: redis}}, readiness: {image: a}}",
        "services: {composition: {db: {image: redis}}, setup: {image: a}}"
      })
  void someFormsOfFreestyleStepsAreNotRunYet(String form) {
    String step = "a: {image: alpine, commands: [ls], " + form + "}";
    assertThat(Asked.steps(step).read().refused()).containsExactly(Category.UNSUPPORTED);
    assertThat(Asked.steps(step).planOnly().read().refusals()).isEmpty();
    assertThat(Asked.steps(step).step("a").read().refused()).containsExactly(Category.UNSUPPORTED);
  }
}
