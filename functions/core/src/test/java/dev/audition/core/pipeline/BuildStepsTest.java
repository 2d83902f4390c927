package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildStepsTest {
  private static Step.BuildStep build(Asked asked) {
    return (Step.BuildStep) asked.read().step("Build App");
  }

  @Test
  void readsWhatTheEngineNeeds() {
    Step.BuildStep step =
        build(
            Asked.steps(
                    """
                    Build App:
                      type: build
                      image_name: x/y
                      tag: '${{NOT_ASKED_FOR}}'
                      working_directory: ./app
                      dockerfile: docker/Test.Dockerfile
                      target: tests
                      build_arguments: ['A=1', 'B=x=${{V}}', V]
                    """)
                .var("V", "v"));
    assertThat(step.build().context()).isEqualTo("/ws/app");
    assertThat(step.build().dockerfile()).isEqualTo("docker/Test.Dockerfile");
    assertThat(step.build().target()).isEqualTo("tests");
    assertThat(step.build().arguments())
        .containsExactly(Map.entry("A", "1"), Map.entry("B", "x=v"), Map.entry("V", "v"));
  }

  @Test
  void namesTheImageAfterRepositoryAndStep() {
    assertThat(build(Asked.steps("Build App: {type: build}")).image())
        .isEqualTo("audition.local/build/shop-build-app:latest");
  }

  @Test
  void givesEachBuildItsOwnImage() {
    Asked.Answer answer = Asked.steps("a b: {type: build}\na-b: {type: build}").read();
    assertThat(answer.pipeline().steps())
        .extracting(step -> ((Step.BuildStep) step).image())
        .containsExactly(
            "audition.local/build/shop-a-b:latest", "audition.local/build/shop-a-b-2:latest");
  }

  @Test
  void aCloneIsTheWorkspace() {
    for (String folder :
        new String[] {"${{main_clone}}", "${{my_clone}}", "/codefresh/volume/Shop"}) {
      Asked.Answer answer =
          Asked.steps(
                  "my_clone: {type: git-clone, repo: a/shop}\n"
                      + "b: {type: build, working_directory: '"
                      + folder
                      + "/x'}")
              .read();
      assertThat(((Step.BuildStep) answer.step("b")).build().context()).isEqualTo("/ws/x");
    }
  }

  @Test
  void takesADockerfileFromTheStepItself() {
    Asked.Answer answer =
        Asked.steps("b: {type: build, dockerfile: {content: 'FROM ${{BASE}}'}}")
            .var("BASE", "alpine")
            .read();
    Step.BuildStep step = (Step.BuildStep) answer.step("b");
    assertThat(step.build().dockerfileInline()).isEqualTo("FROM alpine");
    assertThat(answer.warnings()).isEmpty();
  }

  @Test
  void warnsOfADockerfileThatIsNotThere() {
    Asked.Answer answer = Asked.steps("b: {type: build, working_directory: ./app}").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings())
        .containsExactly(
            "codefresh.yml:3:3: steps.b.dockerfile: app/Dockerfile is not there, so the build will"
                + " fail. Give the image with --image b=REF, or add the file.");
  }

  @Test
  void refusesAContextOutsideOfTheWorkspace() {
    Asked.Answer answer = Asked.steps("b: {type: build, context: ../other}").read();
    assertThat(answer.refused()).containsExactly(Category.HOST_ACCESS);
    assertThat(answer.step("b")).isInstanceOf(Step.OtherStep.class);
  }

  @Test
  void refusesBuildArgumentsThatAreAMapping() {
    assertThat(Asked.steps("b: {type: build, build_arguments: {A: 1}}").read().refusals())
        .containsExactly(
            "codefresh.yml:3:37: steps.b.build_arguments: is a mapping (expected: a list of"
                + " NAME=value). Write \"- NAME=value\" for each.");
  }

  @Test
  void anImageGivenByHandIsNotBuilt() {
    Asked.Answer answer = Asked.steps("b: {type: build}").image("b", "app:1").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.step("b"))
        .isEqualTo(
            new Step.OtherStep(
                "b",
                answer.step("b").location(),
                StepOptions.DEFAULT,
                "build",
                "--image gives the image that it would build"));
  }

  @Test
  void warnsOfUnknownKeys() {
    assertThat(
            Asked.steps("b: {type: build, docker_file: x, registry: r, no_cache: true}")
                .beside("Dockerfile", "")
                .read()
                .warnings())
        .containsExactly(
            "codefresh.yml:3:20: steps.b.docker_file: a build step has no such key, and it has no"
                + " effect. Did you mean dockerfile?",
            "codefresh.yml:3:49: steps.b.no_cache: has no effect here: the engine's cache is used");
  }
}
