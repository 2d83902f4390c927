package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineRootTest {
  private static final String BUILD = "\nsteps:\n  app:\n    type: build\n    image_name: app\n";

  @ParameterizedTest
  @ValueSource(strings = {"'1.0'", "1.0", "1", "\"1\"", "01.00"})
  void takesTheOneVersionInAllItsForms(String version) {
    assertThat(Asked.pipeline("version: " + version + BUILD).read().refusals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'2.0'", "1.1", "one", "[1.0]", "10"})
  void refusesAnyOtherVersion(String version) {
    assertThat(Asked.pipeline("version: " + version + BUILD).read().refusals())
        .singleElement()
        .asString()
        .startsWith("codefresh.yml:1:10: version: is ")
        .endsWith("(expected: 1.0, the only version there is). Write version: '1.0'.");
  }

  @Test
  void refusesARootWithoutVersion() {
    assertThat(Asked.pipeline(BUILD).read().refusals())
        .containsExactly(
            "codefresh.yml:2:1: version: a pipeline says its version. Add version: '1.0'.");
  }

  @Test
  void refusesUnknownRootKeysWithANearName() {
    assertThat(Asked.pipeline("version: 1.0\nstage: [a]\nmodus: x" + BUILD).read().refusals())
        .containsExactly(
            "codefresh.yml:2:1: stage: is no key of a pipeline's root. Did you mean stages?",
            "codefresh.yml:3:1: modus: is no key of a pipeline's root. Did you mean mode?");
  }

  @Test
  void refusesACandidateOfTheCommandLine() {
    assertThat(Asked.pipeline("version: 1.0" + BUILD).candidate("tests").read().refusals())
        .containsExactly(
            "--candidate tests: in a pipeline each step says who decides. Leave it out, and name"
                + " the service under the step's composition_candidates.");
  }

  @Test
  void refusesStepsThatAreNoMapping() {
    assertThat(Asked.pipeline("version: 1.0\nsteps: [a]").read().refusals())
        .containsExactly(
            "codefresh.yml:2:8: steps: is a list (expected: a mapping of name to step). Write"
                + " \"NAME: {type: composition, ...}\" under steps.");
    assertThat(Asked.pipeline("version: 1.0\nstages: [a]").read().refusals())
        .singleElement()
        .asString()
        .contains("steps: a pipeline has steps");
  }

  @Test
  void mayHaveNoStepsAtAll() {
    Asked.Answer answer = Asked.pipeline("version: 1.0\nsteps: {}").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.pipeline().steps()).isEmpty();
  }

  @Test
  void refusesAStageThatIsNotDeclared() {
    assertThat(
            Asked.pipeline(
                    """
                    version: 1.0
                    stages: [build, test]
                    steps:
                      a: {type: build, stage: build}
                      b: {type: build, stage: tests}
                    """)
                .read()
                .refusals())
        .containsExactly(
            "codefresh.yml:5:27: steps.b.stage: \"tests\" is none of the root's stages. Did you"
                + " mean test? Add it under stages.");
  }

  @Test
  void refusesParallelModeUnlessItIsOnlyPlanned() {
    String text = "version: 1.0\nmode: parallel" + BUILD;
    assertThat(Asked.pipeline(text).read().refused()).containsExactly(Category.UNSUPPORTED);
    assertThat(Asked.pipeline(text).skipUnsupported().read().refused())
        .containsExactly(Category.UNSUPPORTED);
    Asked.Answer planned = Asked.pipeline(text).planOnly().read();
    assertThat(planned.refusals()).isEmpty();
    assertThat(planned.warnings()).anyMatch(line -> line.contains("run refuses them"));
    assertThat(Asked.pipeline(text).step("app").read().refusals()).isEmpty();
  }

  @Test
  void refusesAModeThatIsNone() {
    assertThat(Asked.pipeline("version: 1.0\nmode: both" + BUILD).read().refusals())
        .containsExactly("codefresh.yml:2:7: mode: is \"both\" (expected: sequential or parallel)");
  }

  @Test
  void doesNotStartServicesOfTheWholePipeline() {
    String text = "version: 1.0\nservices: {name: db, composition: {}}" + BUILD;
    assertThat(Asked.pipeline(text).read().refused()).containsExactly(Category.UNSUPPORTED);
    assertThat(Asked.pipeline(text).planOnly().read().refusals()).isEmpty();
    assertThat(Asked.pipeline(text).skipUnsupported().read().warnings())
        .anyMatch(line -> line.contains("the steps do without them"));
  }

  @Test
  void warnsOfHooksOfThePipelineAndOfStepsOnceEach() {
    Asked.Answer answer =
        Asked.pipeline(
                """
                version: 1.0
                hooks: {on_finish: [ls]}
                steps:
                  a: {type: build, hooks: {on_fail: [ls]}, retry: {maxAttempts: 2}}
                  b: {type: build, retry: {maxAttempts: 3}}
                """)
            .beside("Dockerfile", "")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings())
        .containsExactlyInAnyOrder(
            "codefresh.yml:2:9: a hook with commands or steps is not run yet on one machine and"
                + " left out (hooks.on_finish, steps.a.hooks.on_fail)",
            "codefresh.yml:4:44: retry is not run yet on one machine and left out (steps.a,"
                + " steps.b)");
  }

  @Test
  void passesFailFastOfTheRootToStepsThatSayNothing() {
    Asked.Answer answer =
        Asked.pipeline(
                """
                version: 1.0
                fail-fast: false
                strict_fail_fast: true
                steps:
                  a: {type: build}
                  b: {type: build, fail_fast: 'yes', strict_fail_fast: false}
                """)
            .read();
    assertThat(answer.step("a").options()).isEqualTo(new StepOptions(null, false, true, null));
    assertThat(answer.step("b").options()).isEqualTo(new StepOptions(null, true, false, null));
  }

  @Test
  void ignoresIndicatorsAndWhatTheyHold() {
    assertThat(
            Asked.pipeline(
                    """
                    version: 1.0
                    indicators:
                    - a: &a {type: build, tag: '${{X}}'}
                    steps:
                      b: *a
                    """)
                .beside("Dockerfile", "")
                .read()
                .project()
                .diagnostics())
        .isEmpty();
  }
}
