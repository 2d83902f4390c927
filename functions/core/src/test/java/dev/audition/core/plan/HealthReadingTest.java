package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.container;
import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.plan.Plans.warnings;
import static dev.audition.core.testkit.Compositions.checked;
import static dev.audition.core.testkit.Compositions.image;
import static dev.audition.core.testkit.Compositions.images;
import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.Healthcheck;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.testkit.SampleService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthReadingTest {
  private static final ImageConfigs CHECKED =
      images(
          Map.of(
              "acme/app",
              checked(
                  image("serve"),
                  new Healthcheck(
                      false,
                      List.of("CMD", "in-image"),
                      Duration.ofSeconds(7),
                      null,
                      9,
                      null,
                      null))));

  @Test
  void whatTheCompositionLeavesOutIsTheSpecificationsDefault() {
    HealthProbe probe =
        probe(ImageConfigs.NONE, service("app", "acme/app").healthcheck("CMD", "x"));

    assertThat(probe)
        .isEqualTo(
            new HealthProbe(
                List.of("CMD", "x"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                3,
                Duration.ZERO,
                HealthProbe.Origin.COMPOSITION));
  }

  @Test
  void whatTheCompositionLeavesOutIsTheImagesWhereItHasACheck() {
    HealthProbe probe = probe(CHECKED, service("app", "acme/app").healthcheck("CMD", "x"));

    assertThat(probe.interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(probe.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(probe.retries()).isEqualTo(9);
    assertThat(probe.command()).containsExactly("CMD", "x");
  }

  @Test
  void timesAloneChangeTheImagesCheck() {
    HealthProbe probe = probe(CHECKED, timed(service("app", "acme/app"), Duration.ofSeconds(2)));

    assertThat(probe.command()).containsExactly("CMD", "in-image");
    assertThat(probe.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(probe.retries()).isEqualTo(9);
    assertThat(probe.origin()).isEqualTo(HealthProbe.Origin.IMAGE);
  }

  @Test
  void timesAloneChangeTheCataloguesCheck() {
    HealthProbe probe =
        probe(ImageConfigs.NONE, timed(service("db", "postgres:16"), Duration.ofSeconds(2)));

    assertThat(probe.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(probe.origin()).isEqualTo(HealthProbe.Origin.CATALOGUE);
  }

  @Test
  void timesWithoutAnyCheckAreAWarning() {
    Plan plan =
        plan(
            images(Map.of("acme/app", image("serve"))),
            timed(service("app", "acme/app"), Duration.ofSeconds(2)));

    assertThat(container(plan, "app").health()).isNull();
    assertThat(warnings(plan, Category.NO_EFFECT)).singleElement().asString().contains("no test");
  }

  @Test
  void theImagesCheckWinsOverTheCatalogues() {
    Plan plan =
        plan(
            images(
                Map.of(
                    "postgres:16",
                    checked(
                        image("postgres"),
                        new Healthcheck(
                            false, List.of("CMD", "own"), null, null, null, null, null)))),
            service("db", "postgres:16"));

    assertThat(health(plan, "db").command()).containsExactly("CMD", "own");
  }

  @Test
  void aCheckOfOursAsksEverySecondOverTcp() {
    Plan plan = plan(service("db", "postgres:16"));

    assertThat(health(plan, "db").interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(health(plan, "db").budget()).isEqualTo(Duration.ofMinutes(2));
    assertThat(health(plan, "db").command().getLast())
        .startsWith("pg_isready -q -h 127.0.0.1 -p 5432");
    assertThat(plan.readings())
        .contains(
            "db: ready when our check for postgres on port 5432 succeeds (every 1 s, for at most 2"
                + " min)");
  }

  @Test
  void aCheckOfOursFollowsThePort() {
    Plan plan = plan(service("db", "postgres:16").command("-p", "5433"));

    assertThat(health(plan, "db").command().getLast()).contains("-p 5433");
  }

  @Test
  void aClientOfAWellKnownImageIsNotChecked() {
    Plan plan = plan(service("client", "postgres:16").command("psql", "-h", "db"));

    assertThat(container(plan, "client").health()).isNull();
    assertThat(container(plan, "client").ports()).isEmpty();
  }

  @Test
  void aServerOthersReachOnAnotherPortIsDialledThere() {
    Plan plan =
        plan(
            service("cache", "redis:7").bind("/work/shop/redis.conf", "/etc/redis.conf"),
            candidate("tests", "acme/tests").environment("CACHE", "redis://cache:6380/0"));

    assertThat(container(plan, "cache").health()).isNull();
    assertThat(listening(plan, "cache").ports()).containsExactly(6380);
  }

  @Test
  void aDisabledCheckLeavesThePort() {
    Plan plan =
        plan(
            service("db", "postgres:16")
                .with(
                    ServiceKey.HEALTHCHECK,
                    new Healthcheck(true, List.of(), null, null, null, null, null)));

    assertThat(container(plan, "db").health()).isNull();
    assertThat(listening(plan, "db").ports()).containsExactly(5432);
  }

  private static SampleService timed(SampleService service, Duration interval) {
    return service.with(
        ServiceKey.HEALTHCHECK,
        new Healthcheck(false, List.of(), interval, null, null, null, null));
  }

  private static HealthProbe probe(ImageConfigs images, SampleService service) {
    return required(Plans.task(plan(images, service)).containers().getFirst().health());
  }

  private static HealthProbe health(Plan plan, String service) {
    return required(container(plan, service).health());
  }

  private static Listening listening(Plan plan, String service) {
    return required(container(plan, service).listening());
  }

  private static <T> T required(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
