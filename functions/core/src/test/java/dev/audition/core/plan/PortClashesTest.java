package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.plan.Plans.refusals;
import static dev.audition.core.testkit.Compositions.exposing;
import static dev.audition.core.testkit.Compositions.image;
import static dev.audition.core.testkit.Compositions.images;
import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.DependencyCondition;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.testkit.SampleService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortClashesTest {
  @Test
  void twoServicesOnOnePortAreRefusedWithNamesPortPlacesAndRemedy() {
    assertThat(clashes(service("db", "postgres:16"), service("archive", "postgres:15")))
        .singleElement()
        .asString()
        .startsWith("archive.yml:1:1: services.archive: ")
        .contains("db and archive listen on port 5432")
        .contains("db (db.yml:1:1, postgres listens on 5432)")
        .contains("archive (archive.yml:1:1, postgres listens on 5432)")
        .contains("Let archive listen on another port (command: postgres -p 5433)");
  }

  @Test
  void whatIsPublishedOnTheHostDoesNotMatter() {
    assertThat(clashes(service("one", "acme/one").ports(80), service("two", "acme/two").ports(80)))
        .singleElement()
        .asString()
        .contains("ports in one.ports.yml:1:1")
        .contains("by its own setting; what is published does not matter");
  }

  @Test
  void severalServicesAndSeveralPortsAreToldOnce() {
    assertThat(
            clashes(
                service("one", "acme/a").expose(8080, 9080),
                service("two", "acme/b").expose(8080, 9080),
                service("three", "acme/c").expose(9080, 8080)))
        .singleElement()
        .asString()
        .contains("one, two and three listen on ports 8080, 9080");
  }

  @Test
  void aServerMovedByItsSettingDoesNotClash() {
    assertThat(
            clashes(
                service("db", "postgres:16"),
                service("archive", "postgres:15").environment("PGPORT", "5433"),
                service("third", "postgres:15").command("postgres", "-c", "port=5434")))
        .isEmpty();
  }

  @Test
  void aClientOfTheSameImageDoesNotClash() {
    assertThat(
            clashes(
                service("redis-server", "redis"),
                service("redis-cli", "redis").command("redis-cli", "-h", "redis-server")))
        .isEmpty();
  }

  @Test
  void oneThatEndsBeforeTheOtherStartsDoesNotClash() {
    assertThat(
            clashes(
                service("migrate", "acme/app").ports(8080),
                service("warm", "acme/warm")
                    .dependsOn("migrate", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY),
                service("app", "acme/app").ports(8080).dependsOn("warm")))
        .isEmpty();
  }

  @Test
  void wordsOfOthersMakeNoClash() {
    assertThat(
            clashes(
                service("one", "acme/one"),
                service("two", "acme/two").ports(8080),
                candidate("tests", "acme/tests").environment("URL", "http://one:8080")))
        .isEmpty();
  }

  @Test
  void exposedPortsOfOneImageClashOnlyWithItsOwnCommand() {
    var known = images(Map.of("acme/app", exposing(image("serve"), 8080)));

    Plan twice = plan(known, service("a", "acme/app"), service("b", "acme/app"));
    Plan worker = plan(known, service("a", "acme/app"), service("b", "acme/app").command("work"));

    assertThat(refusals(twice, Category.CLASH))
        .singleElement()
        .asString()
        .contains("EXPOSE of the image acme/app");
    assertThat(refusals(worker, Category.CLASH)).isEmpty();
  }

  @Test
  void imagesNobodyKnowsMakeNoClash() {
    assertThat(clashes(service("a", "acme/app"), service("b", "acme/app"))).isEmpty();
  }

  @Test
  void serversConfiguredByFilesMakeNoClash() {
    assertThat(
            clashes(
                service("a", "nginx").bind("/work/shop/a.conf", "/etc/nginx/conf.d/default.conf"),
                service("b", "nginx").bind("/work/shop/b.conf", "/etc/nginx/conf.d/default.conf")))
        .isEmpty();
  }

  @Test
  void theRemedyNamesAPortThatNobodyHas() {
    assertThat(
            clashes(
                service("a", "redis"),
                service("b", "redis"),
                service("c", "acme/c").ports(6380, 6381)))
        .singleElement()
        .asString()
        .contains("redis-server --port 6382");
  }

  @Test
  void severalContainersOfOneServiceAreRefused() {
    assertThat(clashes(service("app", "acme/app").with(ServiceKey.SCALE, 3)))
        .singleElement()
        .asString()
        .contains("3 containers of one service");
  }

  @Test
  void aServiceWithNoContainersIsLeftOut() {
    Plan plan =
        plan(
            service("off", "acme/off").with(ServiceKey.SCALE, 0),
            candidate("tests", "acme/tests").dependsOn("off"));

    assertThat(Plans.task(plan).containers())
        .singleElement()
        .extracting(PlannedContainer::service)
        .isEqualTo("tests");
    assertThat(Plans.gates(plan, "tests")).isEmpty();
  }

  private static List<String> clashes(SampleService... services) {
    return refusals(plan(services), Category.CLASH);
  }
}
