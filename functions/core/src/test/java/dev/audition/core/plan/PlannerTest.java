package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.container;
import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.plan.Plans.refusals;
import static dev.audition.core.plan.Plans.task;
import static dev.audition.core.plan.Plans.warnings;
import static dev.audition.core.testkit.Compositions.built;
import static dev.audition.core.testkit.Compositions.image;
import static dev.audition.core.testkit.Compositions.images;
import static dev.audition.core.testkit.Compositions.pipeline;
import static dev.audition.core.testkit.Compositions.step;
import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.place;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.AuditionSettings;
import dev.audition.core.compose.BuildConfig;
import dev.audition.core.compose.DependencyCondition;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Step;
import dev.audition.core.pipeline.StepOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  @Nested
  class Steps {
    @Test
    void eachIsPlannedUnderItsNumber() {
      List<Plan> plans =
          Planner.plan(
              pipeline(
                  step("first", candidate("tests", "acme/tests")),
                  step("second", candidate("tests", "acme/tests"))),
              ImageConfigs.NONE);

      assertThat(plans).extracting(Plan::stepNumber).containsExactly(1, 2);
      assertThat(plans).extracting(Plan::step).containsExactly("first", "second");
    }

    @Test
    void aBuildStepIsABuildAndNoTask() {
      Step.BuildStep step =
          new Step.BuildStep(
              "image", place("image"), StepOptions.DEFAULT, build("."), "audition.local/image:1");

      Plan plan = Planner.plan(pipeline(step), 1, ImageConfigs.NONE);

      assertThat(plan.tasks()).isEmpty();
      assertThat(plan.builds())
          .containsExactly(new ImageBuild("image", "audition.local/image:1", build(".")));
      assertThat(plan.notRun()).isEmpty();
    }

    @Test
    void anotherStepIsNotRunAndSaysWhy() {
      Step.OtherStep step =
          new Step.OtherStep(
              "push", place("push"), StepOptions.DEFAULT, "push", "push steps are not run here");

      Plan plan = Planner.plan(pipeline(step), 1, ImageConfigs.NONE);

      assertThat(plan.notRun()).isEqualTo("push steps are not run here");
      assertThat(plan.skipped()).isFalse();
      assertThat(plan.tasks()).isEmpty();
    }

    @Test
    void aStepThatWhenKeepsFromRunningIsSkippedWhateverItHolds() {
      StepOptions options = new StepOptions(null, true, false, "when: branch main only");

      Plan plan =
          Planner.plan(
              pipeline(
                  step(
                      "integration",
                      options,
                      AuditionSettings.NONE,
                      service("a", "redis"),
                      service("b", "redis"))),
              1,
              ImageConfigs.NONE);

      assertThat(plan.skipped()).isTrue();
      assertThat(plan.notRun()).isEqualTo("when: branch main only");
      assertThat(plan.tasks()).isEmpty();
      assertThat(plan.refused()).isFalse();
    }

    @Test
    void aCandidateWithoutContainersIsRefusedAndAServiceWithoutIsLeftOut() {
      Plan none = plan(candidate("tests", "acme/tests").with(ServiceKey.SCALE, 0));
      assertThat(refusals(none, Category.INVALID))
          .singleElement()
          .asString()
          .contains("tests decides, but has no containers, so nothing could decide");
      Plan some =
          plan(
              service("db", "postgres:16").with(ServiceKey.SCALE, 0),
              candidate("tests", "acme/tests"));
      assertThat(some.refused()).isFalse();
      assertThat(task(some).containers()).hasSize(1);
    }

    @Test
    void theSameInputGivesTheSamePlan() {
      assertThat(plan(service("db", "postgres:16"), candidate("tests", "acme/tests")))
          .isEqualTo(plan(service("db", "postgres:16"), candidate("tests", "acme/tests")));
    }
  }

  @Nested
  class Deadlines {
    @Test
    void theDefaultIsAnHourAndReadOut() {
      Plan plan = timed(null, null);

      assertThat(plan.timeout()).isEqualTo(Duration.ofHours(1));
      assertThat(plan.readings()).contains("deadline: 1 h (the default)");
    }

    @Test
    void theStepsWinsOverTheFiles() {
      assertThat(timed(null, Duration.ofMinutes(5)).timeout()).isEqualTo(Duration.ofMinutes(5));
      assertThat(timed(Duration.ofMinutes(2), Duration.ofMinutes(5)).timeout())
          .isEqualTo(Duration.ofMinutes(2));
      assertThat(timed(Duration.ofSeconds(90), null).readings())
          .contains("deadline: 1 min 30 s (as given)");
    }

    @Test
    void moreThanADayIsRefused() {
      Plan day = timed(Duration.ofDays(1), null);
      Plan more = timed(Duration.ofDays(1).plusSeconds(1), null);

      assertThat(day.refused()).isFalse();
      assertThat(refusals(more, Category.SIZE)).singleElement().asString().contains("24 h");
    }

    private Plan timed(@Nullable Duration option, @Nullable Duration setting) {
      return Planner.plan(
          pipeline(
              step(
                  "integration",
                  new StepOptions(option, true, false, null),
                  new AuditionSettings(List.of(), setting),
                  candidate("tests", "acme/tests"))),
          1,
          ImageConfigs.NONE);
    }
  }

  @Nested
  class Builds {
    @Test
    void aBuiltServiceGetsANameOfOursUnlessItHasOne() {
      Plan plan =
          plan(
              service("Web_App").with(ServiceKey.BUILD, build("web")),
              service("api", "acme/api:dev").with(ServiceKey.BUILD, build("api")));

      assertThat(plan.builds())
          .extracting(ImageBuild::image)
          .containsExactly("audition.local/build/shop-web-app:latest", "acme/api:dev");
      assertThat(container(plan, "Web_App").buildName()).isEqualTo("Web_App");
      assertThat(container(plan, "Web_App").image())
          .isEqualTo("audition.local/build/shop-web-app:latest");
    }

    @Test
    void servicesThatShareBuildAndImageAreBuiltOnce() {
      Plan plan =
          plan(
              service("app", "acme/app").with(ServiceKey.BUILD, build(".")),
              service("worker", "acme/app").with(ServiceKey.BUILD, build(".")));

      assertThat(plan.builds()).extracting(ImageBuild::name).containsExactly("app");
      assertThat(container(plan, "worker").buildName()).isEqualTo("app");
    }

    @Test
    void twoStepsDoNotBuildOverEachOther() {
      List<Plan> plans =
          Planner.plan(
              pipeline(
                  step("one", service("app").with(ServiceKey.BUILD, build("a"))),
                  step("two", service("app").with(ServiceKey.BUILD, build("b")))),
              ImageConfigs.NONE);

      assertThat(plans)
          .extracting(plan -> plan.builds().getFirst().image())
          .containsExactly(
              "audition.local/build/shop-one-app:latest",
              "audition.local/build/shop-two-app:latest");
    }

    @Test
    void aBuiltImageIsNotTakenForTheFamousOneOfItsName() {
      Plan plan = plan(service("db", "postgres").with(ServiceKey.BUILD, build(".")));

      assertThat(container(plan, "db").health()).isNull();
      assertThat(container(plan, "db").ports()).isEmpty();
    }
  }

  @Nested
  class Restarts {
    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "no, -",
          "always, 0",
          "unless-stopped, 0",
          "on-failure, 0",
          "on-failure:3, 3",
        })
    void ofServicesAreKept(String policy, @Nullable Integer restarts) {
      Plan plan = plan(service("app", "acme/app").with(ServiceKey.RESTART, policy));

      assertThat(container(plan, "app").maximumRestarts()).isEqualTo(restarts);
      assertThat(warnings(plan, Category.EMULATED)).hasSize(restarts == null ? 0 : 1);
    }

    @Test
    void ofCandidatesAreDroppedWithAWarning() {
      Plan plan = plan(candidate("tests", "acme/tests").with(ServiceKey.RESTART, "always"));

      assertThat(container(plan, "tests").maximumRestarts()).isNull();
      assertThat(warnings(plan, Category.NO_EFFECT))
          .singleElement()
          .asString()
          .contains("services.tests.restart: a candidate's exit decides");
    }

    @Test
    void ofWhatOthersSeeEndAreKeptOnlyAfterAFailure() {
      Plan plan =
          plan(
              service("once", "acme/a").with(ServiceKey.RESTART, "always"),
              service("retried", "acme/b").with(ServiceKey.RESTART, "on-failure:5"),
              candidate("tests", "acme/tests")
                  .dependsOn("once", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY)
                  .dependsOn("retried", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY));

      assertThat(container(plan, "once").maximumRestarts()).isNull();
      assertThat(container(plan, "retried").maximumRestarts()).isEqualTo(5);
    }

    @Test
    void sayTheSameForEveryService() {
      Plan plan =
          plan(
              service("a", "acme/a").with(ServiceKey.RESTART, "always"),
              service("b", "acme/b").with(ServiceKey.RESTART, "always"));

      assertThat(plan.diagnostics()).hasSize(2);
      assertThat(plan.diagnostics())
          .extracting(one -> one.message())
          .containsOnly(plan.diagnostics().getFirst().message());
    }
  }

  @Nested
  class Platforms {
    @ParameterizedTest
    @CsvSource({
      "linux/amd64, amd64",
      "linux/x86_64, amd64",
      "linux/arm64, arm64",
      "linux/arm64/v8, arm64",
      "linux/aarch64, arm64",
    })
    void areOneArchitecture(String platform, String architecture) {
      Plan plan = plan(service("app", "acme/app").with(ServiceKey.PLATFORM, platform));

      assertThat(task(plan).architecture()).isEqualTo(architecture);
      assertThat(plan.refused()).isFalse();
    }

    @Test
    void thatDifferAreAClash() {
      Plan plan =
          plan(
              service("one", "acme/app").with(ServiceKey.PLATFORM, "linux/amd64"),
              service("two", "acme/app").with(ServiceKey.PLATFORM, "linux/arm64"));

      assertThat(refusals(plan, Category.CLASH))
          .singleElement()
          .asString()
          .contains("two asks for arm64 and one (one.platform.yml:1:1) for amd64");
    }

    @Test
    void thatFargateDoesNotHaveAreRefused() {
      Plan plan = plan(service("one", "acme/app").with(ServiceKey.PLATFORM, "windows/amd64"));

      assertThat(refusals(plan, Category.UNSUPPORTED)).hasSize(1);
    }

    @Test
    void thatNobodyGivesAreThoseOfTheImages() {
      ImageConfigs arm = images(Map.of("acme/app", built(image(), "arm64")));

      assertThat(task(plan(arm, service("app", "acme/app"))).architecture()).isEqualTo("arm64");
      assertThat(task(plan(service("app", "acme/app"))).architecture()).isEqualTo("amd64");
    }
  }

  @Test
  void aLongGracePeriodIsKeptWithAWarning() {
    Plan plan =
        plan(
            service("slow", "acme/a").with(ServiceKey.STOP_GRACE_PERIOD, Duration.ofMinutes(3)),
            service("usual", "acme/b"));

    assertThat(container(plan, "slow").stopGracePeriod()).isEqualTo(Duration.ofMinutes(3));
    assertThat(container(plan, "usual").stopGracePeriod()).isEqualTo(Duration.ofSeconds(10));
    assertThat(warnings(plan, Category.EMULATED)).singleElement().asString().contains("120 s");
  }

  @Test
  void userAndWorkingDirectoryStayTheImagesWhereTheCompositionSaysNothing() {
    PlannedContainer container = container(plan(service("app", "acme/app")), "app");

    assertThat(container.user()).isEmpty();
    assertThat(container.workingDir()).isEmpty();
    assertThat(container.entrypoint()).isNull();
    assertThat(container.command()).isNull();
  }

  @Test
  void unknownImagesAreNamedWithWhatHangsOnThem() {
    Plan plan = plan(service("app", "acme/app"), candidate("tests", "acme/tests"));

    assertThat(plan.unknownImages())
        .containsExactly(
            Map.entry("acme/app", List.of("app: when it is ready: its HEALTHCHECK and EXPOSE")));
  }

  @Test
  void knownImagesLeaveNoQuestions() {
    Plan plan =
        plan(
            images(Map.of("acme/app", image("serve"))),
            service("app", "acme/app").volume("data", "/data"),
            candidate("tests", "acme/tests"));

    assertThat(plan.unknownImages()).isEmpty();
  }

  private static BuildConfig build(String context) {
    return new BuildConfig(context, null, null, new LinkedHashMap<>(), null, place("build"));
  }
}
