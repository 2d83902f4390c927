package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import org.junit.jupiter.api.Test;

class ComposeProjectTest {
  private static final String SHOP =
      """
      services:
        db: {image: 'postgres:16'}
        app: {image: 'app:1', depends_on: [db]}
        e2e-tests: {image: 'tests:1', depends_on: [app]}
      """;

  private static Asked compose(String text) {
    return Asked.file("compose.yml", text);
  }

  @Test
  void isAPipelineOfOneStep() {
    Asked.Answer answer = compose(SHOP).candidate("e2e-tests").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.stepNames()).containsExactly("composition");
    assertThat(answer.composition("composition").candidates()).containsExactly("e2e-tests");
    assertThat(answer.pipeline().file()).isEqualTo("compose.yml");
  }

  @Test
  void refusesARunWithoutCandidateAndProposesOne() {
    Asked.Answer answer = compose(SHOP).read();
    assertThat(answer.refused()).containsExactly(Category.NO_CANDIDATE);
    assertThat(answer.refusals())
        .containsExactly(
            "compose.yml: nothing says yet whose exit code decides; the services are: db, app,"
                + " e2e-tests. Give --candidate e2e-tests, or write x-audition: {candidates:"
                + " [e2e-tests]}.");
  }

  @Test
  void aPlanWithoutCandidateNamesTheNeedForOne() {
    Asked.Answer answer = compose(SHOP).planOnly().read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.needs()).singleElement().asString().contains("nothing says yet");
    assertThat(answer.composition("composition").candidates()).isEmpty();
  }

  @Test
  void aPlanGoesOnWithoutWhatOnlyARunNeeds() {
    String text =
        "services: {app: {image: 'acme/app:${TAG}', env_file: gone.env}, sut: {image: '${IMAGE}'}}";

    Asked.Answer plan = compose(text).planOnly().read();
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.needs())
        .anySatisfy(need -> assertThat(need).contains("the image is not known without TAG"))
        .anySatisfy(need -> assertThat(need).contains("env_file gone.env does not exist"))
        .last()
        .asString()
        .endsWith("audition plan compose.yml --var TAG=VALUE --var IMAGE=VALUE");
    assertThat(
            plan.composition("composition").composition().services().sequencedValues().getFirst())
        .extracting(app -> app.find(ServiceKey.IMAGE).orElse(""))
        .isEqualTo("acme/app");

    Asked.Answer run = compose(text).read();
    assertThat(run.needs()).isEmpty();
    assertThat(run.refused())
        .containsExactlyInAnyOrder(Category.MISSING_VARIABLE, Category.MISSING_FILE);
  }

  @Test
  void proposesWhatNeedsOthersAndNothingNeeds() {
    assertThat(
            compose(
                    "services: {db: {image: a}, app: {image: a, depends_on: [db]}, runner: {image:"
                        + " a, links: [app]}}")
                .read()
                .refusals()
                .getFirst())
        .contains("--candidate runner,");
    assertThat(
            compose("services: {a: {image: a}, contest: {image: a}}").read().refusals().getFirst())
        .contains("--candidate contest,");
    assertThat(compose("services: {a: {image: a}}").read().refusals().getFirst())
        .contains("--candidate NAME,");
  }

  @Test
  void theFileMaySayWhoDecidesAndHowLong() {
    Asked.Answer answer =
        compose(SHOP + "x-audition: {candidates: [app, e2e-tests], timeout: 7m}\n").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.composition("composition").candidates()).containsExactly("app", "e2e-tests");
    assertThat(answer.composition("composition").options().timeout()).hasMinutes(7);
  }

  @Test
  void theFlagWinsOverTheFileAndTheFileOverTheName() {
    String text = "services: {sut: {image: a}, b: {image: a}}\nx-audition: {candidates: [b]}\n";
    assertThat(compose(text).candidate("sut").read().composition("composition").candidates())
        .containsExactly("sut");
    assertThat(compose(text).read().composition("composition").candidates()).containsExactly("b");
    assertThat(
            compose("services: {a: {image: a}, sut: {image: a}}")
                .read()
                .composition("composition")
                .candidates())
        .containsExactly("sut");
  }

  @Test
  void refusesCandidatesThatAreNoServicesWithANearName() {
    assertThat(compose(SHOP).candidate("e2e-test").read().refusals())
        .anyMatch(
            line ->
                line.contains(
                    "there is no service e2e-test (there are: db, app, e2e-tests). Did you mean"
                        + " e2e-tests?"));
    assertThat(compose(SHOP + "x-audition: {candidates: [ap]}\n").read().refusals())
        .anyMatch(line -> line.startsWith("compose.yml:5:") && line.contains(" ap"));
  }

  @Test
  void mergesFilesInTheirOrder() {
    Asked.Answer answer =
        compose("services: {a: {image: 'x:1', command: one}}")
            .alsoFile("compose.override.yml", "services: {a: {command: two}}")
            .candidate("a")
            .read();
    assertThat(answer.refusals()).isEmpty();
    ServiceConfig service = answer.composition("composition").composition().services().get("a");
    assertThat(service == null ? null : service.find(ServiceKey.COMMAND).orElseThrow().words())
        .isEqualTo(java.util.List.of("two"));
  }

  @Test
  void seesTheCallersEnvironmentAndNotGit() {
    Asked.Answer answer =
        compose("services: {a: {image: 'x:${TAG}', environment: ['B=${CF_BRANCH}']}}")
            .candidate("a")
            .caller("TAG", "7")
            .git("CF_BRANCH", "main")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.variables())
        .containsEntry("TAG", "7 from environment")
        .containsEntry("CF_BRANCH", " from null");
  }

  @Test
  void aVariableMissingInAnImageEndsInTheCommandLine() {
    Asked.Answer answer =
        compose("services: {a: {image: 'x:${TAG}', environment: ['B=${OTHER}']}}")
            .candidate("a")
            .read();
    assertThat(answer.refused()).containsExactly(Category.MISSING_VARIABLE);
    assertThat(answer.project().diagnostics().getLast().remedy())
        .isEqualTo("Fill in and run: audition run compose.yml --candidate a --var TAG=VALUE");
  }

  @Test
  void flagsOfPipelinesAreTold() {
    assertThat(compose(SHOP).candidate("app").step("x").read().refusals())
        .containsExactly(
            "--step x: a compose file has no steps. Leave it out; --candidate NAME says which"
                + " service decides.");
    assertThat(compose(SHOP).candidate("app").image("x", "y").read().warnings())
        .singleElement()
        .asString()
        .startsWith("--image gives the images of build steps");
  }

  @Test
  void oldLayoutsAreComposeFilesToo() {
    assertThat(
            compose("db: {image: redis}\nsut: {image: alpine, links: [db]}\n")
                .read()
                .composition("composition")
                .candidates())
        .containsExactly("sut");
  }
}
