package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.container;
import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.testkit.Compositions.exposing;
import static dev.audition.core.testkit.Compositions.image;
import static dev.audition.core.testkit.Compositions.images;
import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.image.ImageConfigs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortReadingTest {
  private static final ImageConfigs APP =
      images(Map.of("acme/app", exposing(image("serve"), 8080)));

  @Test
  void portsAreCollectedFromEverywhereStrongestFirst() {
    Plan plan =
        plan(
            service("web", "nginx:1.27").ports(8443).expose(9000, 8443),
            candidate("tests", "acme/tests").environment("URL", "http://web:7777/"));

    assertThat(container(plan, "web").ports())
        .containsExactly(
            new KnownPort(8443, KnownPort.Origin.PORTS, "ports in web.ports.yml:1:1"),
            new KnownPort(9000, KnownPort.Origin.EXPOSE, "expose in web.expose.yml:1:1"),
            new KnownPort(80, KnownPort.Origin.CATALOGUE, "nginx listens on 80"),
            new KnownPort(7777, KnownPort.Origin.NAMED_BY_OTHERS, "URL of tests names web:7777"));
  }

  @Test
  void datagramPortsAreNoneOfOurs() {
    Plan plan =
        plan(
            service("statsd", "acme/statsd").udpPorts(8125),
            candidate("tests", "acme/tests").environment("STATSD", "statsd:8125"));

    assertThat(container(plan, "statsd").ports()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db:5433",
        "postgres://user:secret@db:5433/shop",
        "jdbc:postgresql://db:5433/shop?ssl=false",
        "other:1,db:5433,x:2",
        "tcp://database.local:5433",
        "--host=alias:5433",
      })
  void othersNameAPortByAnyOfAServicesNames(String text) {
    Plan plan =
        plan(
            service("db", "acme/db").network("back", "database.local", "alias"),
            candidate("tests", "acme/tests").command("run", text));

    assertThat(numbers(plan, "db")).containsExactly(5433);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mydb:5433",
        "db.example.com:5433",
        "db:16-alpine",
        "db:16.4",
        "db:5433x",
        "db:7",
        "db:123456",
        "https://db:5433@other/",
        "db: 5433",
      })
  void whatOnlyLooksLikeAPortIsNone(String text) {
    Plan plan =
        plan(service("db", "acme/db"), candidate("tests", "acme/tests").command("run", text));

    assertThat(container(plan, "db").ports()).isEmpty();
  }

  @Test
  void variablesOfImagesNameNoPorts() {
    Plan plan =
        plan(
            service("db", "acme/db"),
            candidate("tests", "acme/tests").environment("DB_IMAGE", "db:1604"));

    assertThat(container(plan, "db").ports()).isEmpty();
  }

  @Test
  void aServicesOwnWordsNameNoPort() {
    Plan plan = plan(service("app", "acme/app").environment("SELF", "http://app:8080"));

    assertThat(container(plan, "app").ports()).isEmpty();
  }

  @Test
  void entryPointsAndHealthChecksOfOthersCountToo() {
    Plan plan =
        plan(
            service("db", "acme/db"),
            service("api", "acme/api").entrypoint("wait", "db:5433"),
            service("web", "acme/web").healthcheck("CMD", "curl", "http://api:8081"));

    assertThat(numbers(plan, "db")).containsExactly(5433);
    assertThat(numbers(plan, "api")).containsExactly(8081);
  }

  @Test
  void aPortThatOthersNameIsTheOneToWaitFor() {
    Plan plan =
        plan(
            service("app", "acme/app").ports(5005, 8080),
            candidate("tests", "acme/tests").environment("URL", "http://app:8080"));

    assertThat(dialled(plan, "app")).containsExactly(8080);
  }

  @Test
  void elseAnyOfTheKnownPortsDoes() {
    Plan plan = plan(service("app", "acme/app").ports(5005, 8080));

    assertThat(dialled(plan, "app")).containsExactly(5005, 8080);
  }

  @Test
  void theCatalogueKnowsBetterThanExpose() {
    Plan plan =
        plan(
            images(
                Map.of("rabbitmq:3", exposing(image("rabbitmq-server"), 4369, 5671, 5672, 25672))),
            service("broker", "rabbitmq:3"));

    assertThat(numbers(plan, "broker")).containsExactly(5672);
  }

  @Test
  void anImageExposesPortsOfItsOwnCommand() {
    assertThat(numbers(plan(APP, service("app", "acme/app")), "app")).containsExactly(8080);
    assertThat(numbers(plan(APP, service("app", "acme/app").command("serve", "-v")), "app"))
        .containsExactly(8080);
    assertThat(numbers(plan(APP, service("app", "acme/app").command("--verbose")), "app"))
        .containsExactly(8080);
  }

  @Test
  void aWorkerOfTheSameImageDoesNotListenOnTheApplicationsPort() {
    Plan plan =
        plan(APP, service("app", "acme/app"), service("worker", "acme/app").command("work"));

    assertThat(numbers(plan, "app")).containsExactly(8080);
    assertThat(container(plan, "worker").ports()).isEmpty();
    assertThat(plan.refused()).isFalse();
  }

  @Test
  void anotherCommandAloneOnTheImageLikelyListensThere() {
    Plan plan = plan(APP, service("app", "acme/app").command("npm", "start"));

    assertThat(numbers(plan, "app")).containsExactly(8080);
  }

  @Test
  void aCandidateWithACommandOfItsOwnListensNowhere() {
    Plan plan = plan(APP, candidate("tests", "acme/app").command("npm", "test"));

    assertThat(container(plan, "tests").ports()).isEmpty();
  }

  @Test
  void aServerConfiguredByAFileListensWhereTheCompositionSays() {
    Plan plan =
        plan(
            service("proxy", "nginx:1.27")
                .bind("/work/shop/nginx.conf", "/etc/nginx/nginx.conf")
                .ports(8080));

    assertThat(numbers(plan, "proxy")).containsExactly(8080);
  }

  @Test
  void aServerSetToNoPortHasNone() {
    Plan plan = plan(service("cache", "redis:7").command("redis-server", "--port", "0"));

    assertThat(container(plan, "cache").ports()).isEmpty();
    assertThat(container(plan, "cache").health()).isNull();
  }

  @Test
  void aServiceThatIsDialledIsReadOutOnlyIfSomebodyWaits() {
    Plan waited =
        plan(
            service("app", "acme/app").ports(8080),
            candidate("tests", "acme/tests").dependsOn("app"));
    Plan ignored = plan(service("app", "acme/app").ports(8080));

    assertThat(waited.readings())
        .contains(
            "app: ready when it accepts a connection on port 8080 (ports in app.ports.yml:1:1);"
                + " after 1 min those that wait start all the same");
    assertThat(ignored.readings()).noneMatch(line -> line.startsWith("app:"));
  }

  private static List<Integer> numbers(Plan plan, String service) {
    return container(plan, service).ports().stream().map(KnownPort::port).toList();
  }

  private static List<Integer> dialled(Plan plan, String service) {
    Listening listening = container(plan, service).listening();
    return listening == null ? List.of() : listening.ports();
  }
}
