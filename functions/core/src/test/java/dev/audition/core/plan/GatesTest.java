package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.condition;
import static dev.audition.core.plan.Plans.container;
import static dev.audition.core.plan.Plans.gates;
import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.plan.Plans.refusals;
import static dev.audition.core.plan.Plans.task;
import static dev.audition.core.testkit.Compositions.checked;
import static dev.audition.core.testkit.Compositions.image;
import static dev.audition.core.testkit.Compositions.images;
import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.DependencyCondition;
import dev.audition.core.compose.Healthcheck;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.VolumesFrom;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.testkit.SampleService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final Healthcheck DISABLED =
      new Healthcheck(true, List.of(), null, null, null, null, null);

  @Nested
  class ShortForm {
    @Test
    void meansHealthyWhereTheCompositionHasACheck() {
      Plan plan =
          plan(service("app", "acme/app").healthcheck("CMD", "true"), waiting().dependsOn("app"));

      assertThat(condition(plan, "tests", "app")).isEqualTo(GateCondition.HEALTHY);
    }

    @Test
    void meansHealthyWhereTheImageHasACheck() {
      Healthcheck check =
          new Healthcheck(false, List.of("CMD", "true"), null, null, null, null, null);
      Plan plan =
          plan(
              images(Map.of("acme/app", checked(image("serve"), check))),
              service("app", "acme/app"),
              waiting().dependsOn("app"));

      assertThat(condition(plan, "tests", "app")).isEqualTo(GateCondition.HEALTHY);
    }

    @Test
    void meansHealthyWhereTheCatalogueHasACheck() {
      Plan plan = plan(service("db", "postgres:16"), waiting().dependsOn("db"));

      assertThat(condition(plan, "tests", "db")).isEqualTo(GateCondition.HEALTHY);
    }

    @Test
    void meansListeningWhereOnlyAPortIsKnown() {
      Plan plan = plan(service("app", "acme/app").ports(8080), waiting().dependsOn("app"));

      assertThat(condition(plan, "tests", "app")).isEqualTo(GateCondition.LISTENING);
    }

    @Test
    void meansStartedWhereNothingIsKnown() {
      Plan plan = plan(service("app", "acme/app"), waiting().dependsOn("app"));

      assertThat(condition(plan, "tests", "app")).isEqualTo(GateCondition.STARTED);
    }

    @Test
    void linksMeanTheSame() {
      Plan plan = plan(service("db", "postgres:16"), waiting().link("db", "database"));

      assertThat(gates(plan, "tests")).containsExactly("db:HEALTHY");
    }

    @Test
    void aServiceThatOthersSeeEndIsNotDialled() {
      Plan plan =
          plan(
              service("migrate", "acme/app").ports(8080),
              service("app", "acme/app")
                  .dependsOn("migrate", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY),
              waiting().dependsOn("migrate"));

      assertThat(condition(plan, "tests", "migrate")).isEqualTo(GateCondition.STARTED);
      assertThat(container(plan, "migrate").listening()).isNull();
    }
  }

  @Nested
  class LongForm {
    @Test
    void serviceStartedIsNeverDialledNorChecked() {
      Plan plan =
          plan(
              service("db", "postgres:16"),
              service("app", "acme/app").ports(8080),
              waiting()
                  .dependsOn("db", DependencyCondition.SERVICE_STARTED)
                  .dependsOn("app", DependencyCondition.SERVICE_STARTED));

      assertThat(gates(plan, "tests")).containsExactly("db:STARTED", "app:STARTED");
    }

    @Test
    void completedSuccessfullyIsKept() {
      Plan plan =
          plan(
              service("migrate", "acme/app"),
              waiting().dependsOn("migrate", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY));

      assertThat(gates(plan, "tests")).containsExactly("migrate:COMPLETED_SUCCESSFULLY");
    }

    @Test
    void itWinsOverALinkToTheSameService() {
      Plan plan =
          plan(
              service("db", "postgres:16"),
              waiting()
                  .dependsOn("db", DependencyCondition.SERVICE_STARTED)
                  .link("db", "database"));

      assertThat(gates(plan, "tests")).containsExactly("db:STARTED");
    }

    @Test
    void healthyWithoutAnyCheckIsRefusedByName() {
      Plan plan =
          plan(
              images(Map.of("acme/app", image("serve"))),
              service("app", "acme/app"),
              waiting().dependsOn("app", DependencyCondition.SERVICE_HEALTHY));

      assertThat(refusals(plan, Category.INVALID))
          .singleElement()
          .asString()
          .startsWith("tests.depends_on.yml:1:1: services.tests.depends_on.app: ")
          .contains("tests waits until app is healthy, and app has no health check")
          .contains("Add a healthcheck to services.app");
    }

    @Test
    void healthyWithADisabledCheckIsRefusedEvenIfTheImageIsNotKnown() {
      Plan plan =
          plan(
              service("app", "acme/app").with(ServiceKey.HEALTHCHECK, DISABLED),
              waiting().dependsOn("app", DependencyCondition.SERVICE_HEALTHY));

      assertThat(refusals(plan, Category.INVALID)).hasSize(1);
    }

    @Test
    void healthyOfAnUnknownImageIsAQuestionAndNoRefusal() {
      Plan plan =
          plan(
              service("app", "acme/app"),
              waiting().dependsOn("app", DependencyCondition.SERVICE_HEALTHY));

      assertThat(plan.refused()).isFalse();
      assertThat(plan.unknownImages().get("acme/app"))
          .contains("app: whether it has the health check that tests waits for");
    }

    @Test
    void aServiceThatNeedNotBeThereIsNotWaitedFor() {
      Plan plan = plan(waiting().mayDependOn("absent", DependencyCondition.SERVICE_STARTED));

      assertThat(gates(plan, "tests")).isEmpty();
    }
  }

  @Nested
  class CandidatesWithoutDependsOn {
    @Test
    void waitForEveryServiceThatDoesNotWaitForThem() {
      Plan plan =
          plan(
              service("db", "postgres:16"),
              service("app", "acme/app").expose(8080).dependsOn("db"),
              service("reporter", "acme/reporter").dependsOn("tests"),
              service("archive", "acme/archive").dependsOn("reporter"),
              service("plain", "acme/plain"),
              candidate("tests", "acme/tests"));

      assertThat(gates(plan, "tests"))
          .containsExactly("db:HEALTHY", "app:LISTENING", "plain:STARTED");
      assertThat(plan.readings())
          .contains(
              "tests: waits for db, app and plain (a candidate without depends_on waits for every"
                  + " service)");
    }

    @Test
    void doNotWaitForEachOther() {
      Plan plan = plan(candidate("one", "acme/one"), candidate("two", "acme/two"));

      assertThat(gates(plan, "one")).isEmpty();
      assertThat(gates(plan, "two")).isEmpty();
    }

    @Test
    void waitForTheEndOfWhatOthersSeeEnd() {
      Plan plan =
          plan(
              service("migrate", "acme/app"),
              service("app", "acme/app")
                  .dependsOn("migrate", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY),
              candidate("tests", "acme/tests"));

      assertThat(gates(plan, "tests"))
          .containsExactly("migrate:COMPLETED_SUCCESSFULLY", "app:STARTED");
    }

    @Test
    void neverMakeACircleWithEachOther() {
      Plan plan =
          plan(
              service("afterOne", "acme/a").dependsOn("one"),
              service("afterTwo", "acme/b").dependsOn("two"),
              candidate("one", "acme/one"),
              candidate("two", "acme/two"));

      assertThat(plan.refused()).isFalse();
      assertThat(gates(plan, "one")).containsExactly("afterTwo:STARTED");
      assertThat(gates(plan, "two")).isEmpty();
      assertThat(order(plan)).containsExactly("two", "afterTwo", "one", "afterOne");
    }

    @Test
    void aLinkIsEnoughToWaitForNothingElse() {
      Plan plan =
          plan(
              service("db", "postgres:16"),
              service("cache", "redis:7"),
              candidate("tests", "acme/tests").link("db", "db"));

      assertThat(gates(plan, "tests")).containsExactly("db:HEALTHY");
    }

    @Test
    void volumesFromAloneIsAboutOrderAndLeavesTheRestAsItIs() {
      Plan plan =
          plan(
              service("files", "acme/files"),
              service("db", "postgres:16"),
              candidate("tests", "acme/tests")
                  .adding(
                      ServiceKey.VOLUMES_FROM,
                      new VolumesFrom("files", false, SampleService.place("x"))));

      assertThat(gates(plan, "tests")).containsExactly("files:STARTED", "db:HEALTHY");
    }
  }

  @Test
  void aServiceMayWaitForACandidate() {
    Plan plan = plan(candidate("seed", "acme/seed"), service("app", "acme/app").dependsOn("seed"));

    assertThat(gates(plan, "app")).containsExactly("seed:STARTED");
  }

  @Test
  void joiningTheNetworkOfAServiceIsToWaitForItsStart() {
    Plan plan =
        plan(
            service("db", "postgres:16"),
            service("proxy", "acme/proxy").with(ServiceKey.NETWORK_MODE, "service:db"));

    assertThat(gates(plan, "proxy")).containsExactly("db:STARTED");
  }

  @Test
  void aCircleWhichTheReaderRefusesIsPutInSomeOrder() {
    Plan plan =
        plan(
            service("a", "acme/a").dependsOn("b"),
            service("b", "acme/b").link("c", "c"),
            service("c", "acme/c").dependsOn("a"),
            candidate("tests", "acme/tests"));

    assertThat(order(plan)).containsExactlyInAnyOrder("a", "b", "c", "tests");
  }

  @Test
  void containersComeAfterThoseTheyWaitForAndElseInTheirOrder() {
    Plan plan =
        plan(
            candidate("tests", "acme/tests").dependsOn("app"),
            service("app", "acme/app").dependsOn("db"),
            service("mail", "acme/mail"),
            service("db", "postgres:16"));

    assertThat(order(plan)).containsExactly("db", "app", "tests", "mail");
  }

  @Test
  void aGateSaysWhereItComesFrom() {
    Plan plan = plan(service("db", "postgres:16"), waiting().dependsOn("db"));

    assertThat(container(plan, "tests").gates().getFirst().reason())
        .isEqualTo("depends_on in tests.depends_on.yml:1:1");
  }

  private static SampleService waiting() {
    return candidate("tests", "acme/tests");
  }

  private static List<String> order(Plan plan) {
    return task(plan).containers().stream().map(PlannedContainer::service).toList();
  }
}
