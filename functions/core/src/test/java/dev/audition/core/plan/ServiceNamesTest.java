package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.plan.Plans.refusals;
import static dev.audition.core.plan.Plans.task;
import static dev.audition.core.plan.Plans.warnings;
import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.testkit.SampleService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceNamesTest {
  @Test
  void everyNameOfAServiceIsAHostOnTheLoopbackAddress() {
    Plan plan =
        plan(
            service("db", "postgres:16")
                .with(ServiceKey.CONTAINER_NAME, "shop_db")
                .with(ServiceKey.HOSTNAME, "database")
                .with(ServiceKey.DOMAINNAME, "shop.test")
                .network("back", "primary", "writer"),
            candidate("tests", "acme/tests").link("db", "pg"));

    assertThat(task(plan).hosts())
        .containsExactly(
            Map.entry("db", "127.0.0.1"),
            Map.entry("shop_db", "127.0.0.1"),
            Map.entry("database", "127.0.0.1"),
            Map.entry("database.shop.test", "127.0.0.1"),
            Map.entry("primary", "127.0.0.1"),
            Map.entry("writer", "127.0.0.1"),
            Map.entry("pg", "127.0.0.1"),
            Map.entry("tests", "127.0.0.1"));
  }

  @Test
  void extraHostsAreHostsToo() {
    Plan plan = plan(hosts("app", "legacy", "10.1.2.3"));

    assertThat(task(plan).hosts()).containsEntry("legacy", "10.1.2.3");
  }

  @Test
  void theHostItselfIsRefused() {
    Plan plan = plan(hosts("app", "host.docker.internal", "host-gateway"));

    assertThat(refusals(plan, Category.HOST_ACCESS))
        .singleElement()
        .asString()
        .contains("services.app.extra_hosts.host.docker.internal");
  }

  @Test
  void oneNameForTwoAddressesIsAClash() {
    Plan twice = plan(hosts("one", "legacy", "10.1.2.3"), hosts("two", "legacy", "10.9.9.9"));
    Plan service = plan(hosts("one", "db", "10.1.2.3"), service("db", "postgres:16"));
    Plan same = plan(hosts("one", "legacy", "10.1.2.3"), hosts("two", "legacy", "10.1.2.3"));

    assertThat(refusals(twice, Category.CLASH))
        .singleElement()
        .asString()
        .contains("\"legacy\" is to be 10.9.9.9, and elsewhere 10.1.2.3");
    assertThat(refusals(service, Category.CLASH)).hasSize(1);
    assertThat(same.refused()).isFalse();
  }

  @Test
  void ofSeveralAddressesTheFirstIsTaken() {
    Plan plan = plan(hosts("one", "legacy", "10.1.2.3", "::1"));

    assertThat(task(plan).hosts()).containsEntry("legacy", "10.1.2.3");
    assertThat(warnings(plan, Category.NO_EFFECT)).hasSize(1);
  }

  @Test
  void containerNamesAreThoseThatEcsTakesAndUnique() {
    Plan plan =
        plan(
            service("8.0", "acme/a"),
            service("8-0", "acme/b"),
            service("audition-keeper", "acme/c"),
            service("x".repeat(300), "acme/d"));

    assertThat(task(plan).containers())
        .extracting(PlannedContainer::containerName)
        .containsExactly("8-0", "8-0-2", "service-audition-keeper", "x".repeat(250));
  }

  private static SampleService hosts(String service, String name, String... addresses) {
    LinkedHashMap<String, List<String>> hosts = new LinkedHashMap<>();
    hosts.put(name, List.of(addresses));
    return service(service, "acme/app").with(ServiceKey.EXTRA_HOSTS, hosts);
  }
}
