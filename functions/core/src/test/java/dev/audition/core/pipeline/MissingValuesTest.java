package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingValuesTest {
  private static final String STEPS =
      """
      app: {type: build}
      clone it: {type: git-clone}
      it:
        type: composition
        composition:
          services:
            app: {image: '${{app}}'}
            other: {image: '${{other image}}'}
            tagged: {image: 'x/y:${{CF_TAG}}', environment: ['A=${{UNKNOWN}}']}
        composition_candidates:
          t: {image: 'x/y:${{CF_TAG}}-${{EMPTY}}', command: 'echo ${{UNKNOWN}}'}
      """;

  private static Asked asked() {
    return Asked.steps(STEPS).beside("Dockerfile", "").var("EMPTY", "");
  }

  private static String imageOf(Asked.Answer answer, String service) {
    ServiceConfig found = answer.composition("it").composition().services().get(service);
    return found == null ? "" : found.get(ServiceKey.IMAGE, "");
  }

  @Test
  void everythingMissingIsNamedAtOnceAndEndsInTheCommandLine() {
    Asked.Answer answer = asked().read();
    assertThat(answer.refused()).containsExactly(Category.MISSING_VARIABLE);
    assertThat(answer.refusals())
        .startsWith(
            "codefresh.yml:10:24: steps.it.composition.services.other.image: ${{other image}} has"
                + " no value, so there is no image to start. Give it with --image 'other"
                + " image=REF'.");
    Diagnostic last = answer.project().diagnostics().getLast();
    assertThat(last.message())
        .isEqualTo(
            "not everything that is needed has a value (images: other image; variables:"
                + " CF_TAG, EMPTY)");
    assertThat(last.remedy())
        .isEqualTo(
            "Fill in and run (beside the --var you gave): audition run codefresh.yml --image"
                + " 'other image=REF' --var CF_TAG=VALUE --var EMPTY=VALUE");
  }

  @Test
  void whatTheLineAsksForIsEnough() {
    Asked.Answer answer =
        Asked.steps(STEPS)
            .beside("Dockerfile", "")
            .image("other image", "other:1")
            .var("CF_TAG", "v1")
            .var("EMPTY", "e")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(imageOf(answer, "app")).isEqualTo("audition.local/build/shop-app:latest");
    assertThat(imageOf(answer, "other")).isEqualTo("other:1");
    assertThat(imageOf(answer, "t")).isEqualTo("x/y:v1-e");
  }

  @Test
  void theLineRepeatsWhatChoosesTheStep() {
    String remedy =
        asked()
            .step("it")
            .image("a", "b:1")
            .skipUnsupported()
            .planOnly()
            .read()
            .project()
            .diagnostics()
            .getLast()
            .remedy();
    assertThat(remedy)
        .contains(
            "audition plan codefresh.yml --step it --skip-unsupported --image a=b:1 --image 'other"
                + " image=REF' --var");
  }

  @Test
  void elsewhereAnUnresolvedVariableStaysAndIsAWarning() {
    Asked.Answer answer =
        asked().image("other image", "o").var("CF_TAG", "v1").var("EMPTY", "e").read();
    assertThat(answer.warnings())
        .containsExactly(
            "codefresh.yml:11:58: steps.it.composition.services.tagged.environment[0]: ${{UNKNOWN}}"
                + " has no value and stays as written, here and in 1 more place. Give it with --var"
                + " UNKNOWN=VALUE.");
    ServiceConfig candidate = answer.composition("it").composition().services().get("t");
    assertThat(
            candidate == null
                ? List.of()
                : candidate.find(ServiceKey.COMMAND).orElseThrow().words())
        .isEqualTo(List.of("echo", "${{UNKNOWN}}"));
  }

  @Test
  void everyVariableIsListedWithItsSource() {
    Asked.Answer answer =
        asked().image("other image", "o").git("CF_TAG", "v1").var("EMPTY", "e").branch("b").read();
    assertThat(answer.variables())
        .containsEntry("app", "audition.local/build/shop-app:latest from step app")
        .containsEntry("other image", "o from --image")
        .containsEntry("CF_TAG", "v1 from git")
        .containsEntry("EMPTY", "e from --var")
        .containsEntry("UNKNOWN", " from null");
  }

  @Test
  void aComposeVariableThatAnImageLacksIsInTheLineToPaste() {
    String step =
        """
        it:
          type: composition
          composition: {services: {a: {image: 'x/y:${TAG}'}}}
          composition_candidates: {t: {image: '${CANDIDATE}'}}
        unit:
          image: a
          services: {composition: {b: {image: 'b:${B_TAG}'}}}
        """;
    assertThat(Asked.steps(step).caller("TAG", "not seen").read().project().diagnostics().getLast())
        .extracting(Diagnostic::remedy)
        .asString()
        .endsWith(
            "audition run codefresh.yml --var TAG=VALUE --var CANDIDATE=VALUE --var B_TAG=VALUE");
    Asked.Answer given =
        Asked.steps(step).var("TAG", "1").var("CANDIDATE", "t:2").var("B_TAG", "3").read();
    assertThat(given.refusals()).isEmpty();
    assertThat(imageOf(given, "a")).isEqualTo("x/y:1");
    assertThat(imageOf(given, "t")).isEqualTo("t:2");
  }

  @Test
  void theCallersEnvironmentIsNotAPipelinesSource() {
    assertThat(
            asked()
                .image("other image", "o")
                .caller("CF_TAG", "v1")
                .var("EMPTY", "e")
                .read()
                .refusals())
        .isNotEmpty();
  }

  @Test
  void membersOfABuildStepArePartsOfItsImage() {
    String step =
        """
        app: {type: build}
        it:
          type: composition
          composition: {services: {a: {image: a}}}
          composition_candidates:
            t:
              image: '${{app.imageName}}:${{steps.app.imageTagName}}'
              environment: ['N=${{app.imageId}}']
        """;
    Asked.Answer built = Asked.steps(step).read();
    assertThat(built.refusals()).isEmpty();
    assertThat(imageOf(built, "t")).isEqualTo("audition.local/build/shop-app:latest");
    Asked.Answer given = Asked.steps(step).image("app", "host:5000/x/app:7").read();
    assertThat(imageOf(given, "t")).isEqualTo("host:5000/x/app:7");
  }

  @Test
  void theIdOfAnImageStandsForTheImageAndIsNoReasonToBuildItUnlessItIsStarted() {
    String steps =
        """
        app: {type: build}
        told:
          image: a
          commands: [b]
          on_success: {metadata: {set: [{'${{app.imageId}}': [{GOOD: true}]}]}}
        started: {image: '${{steps.app.imageId}}', commands: [b]}
        """;
    Asked.Answer told = Asked.steps(steps).step("told").read();
    assertThat(told.warnings()).isEmpty();
    assertThat(told.stepNames()).containsExactly("told");
    Asked.Answer started = Asked.steps(steps).step("started").read();
    assertThat(started.stepNames()).containsExactly("app", "started");
    assertThat(started.variables())
        .containsEntry("steps.app.imageId", "audition.local/build/shop-app:latest from step app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main_clone", "initial-clone", "initial_clone"})
  void theCloneIsKnownByItsOldNames(String name) {
    Asked.Answer answer =
        Asked.steps("a: {image: a, commands: [b], working_directory: '${{%s}}/x'}".formatted(name))
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings()).isEmpty();
    assertThat(answer.variables()).containsEntry(name, "/codefresh/volume/Shop from step " + name);
  }

  @Test
  void aStepAskedForBringsTheBuildsItsImagesNeed() {
    Asked.Answer answer =
        asked().image("other image", "o").var("CF_TAG", "v1").var("EMPTY", "e").step("it").read();
    assertThat(answer.stepNames()).containsExactly("app", "it");
    Asked.Answer given =
        asked()
            .image("other image", "o")
            .image("app", "x")
            .var("CF_TAG", "v1")
            .var("EMPTY", "e")
            .step("it")
            .read();
    assertThat(given.stepNames()).containsExactly("it");
  }

  @Test
  void aBuildThatIsLeftOutLeavesItsImageMissing() {
    String steps =
        """
        p: {type: parallel, steps: {app: {type: build}}}
        it:
          type: composition
          composition: {services: {a: {image: '${{app}}'}}}
          composition_candidates: {t: {image: a}}
        """;
    assertThat(
            Asked.steps(steps).skipUnsupported().read().project().diagnostics().getLast().remedy())
        .endsWith("audition run codefresh.yml --skip-unsupported --image app=REF");
    assertThat(Asked.steps(steps).planOnly().read().refusals()).isEmpty();
    assertThat(Asked.steps(steps).step("it").read().refusals()).isEmpty();
  }

  @Test
  void anImageThatABuildStepMakesByNameAndTagIsTheBuild() {
    String steps =
        """
        first: {type: build, image_name: Org/App, tag: '${{CF_BRANCH}}'}
        last: {type: build, image_name: Org/App, tag: '${{CF_BRANCH}}'}
        unknown: {type: build, image_name: 'Org/${{NOBODY_KNOWS}}'}
        unit: {image: 'org/app:main'}
        other: {image: 'org/app:v1'}
        """;
    Asked.Answer answer = Asked.steps(steps).beside("Dockerfile", "").branch("main").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings()).isEmpty();
    assertThat(answer.notes())
        .containsExactly(
            "codefresh.yml:6:17: steps.unit.image: org/app:main is what step last builds, and that"
                + " image is taken");
    assertThat(answer.composition("unit").composition().services().values())
        .extracting(service -> service.get(ServiceKey.IMAGE, ""))
        .containsExactly("audition.local/build/shop-last:latest");
    assertThat(answer.composition("other").composition().services().values())
        .extracting(service -> service.get(ServiceKey.IMAGE, ""))
        .containsExactly("org/app:v1");
  }
}
