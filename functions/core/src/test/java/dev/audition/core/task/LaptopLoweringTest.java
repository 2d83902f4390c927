package dev.audition.core.task;

import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.place;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.DependencyCondition;
import dev.audition.core.compose.FileMount;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.Listening;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.Planner;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.SampleService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaptopLoweringTest {
  @Test
  void gatesBecomeConditionsOnContainerNames() {
    TaskDefinition definition =
        lower(
            service("my.db", "postgres:16"),
            service("app", "acme/app").ports(8080),
            service("plain", "acme/plain"),
            service("migrate", "acme/migrate"),
            candidate("tests", "acme/tests")
                .dependsOn("my.db", "app", "plain")
                .dependsOn("migrate", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY));

    assertThat(container(definition, "tests").dependsOn())
        .containsExactly(
            new ContainerDependency("my-db", ContainerCondition.HEALTHY),
            new ContainerDependency("app", ContainerCondition.LISTENING),
            new ContainerDependency("plain", ContainerCondition.START),
            new ContainerDependency("migrate", ContainerCondition.SUCCESS));
    assertThat(container(definition, "my-db").service()).isEqualTo("my.db");
  }

  @Test
  void noContainerIsEssential() {
    TaskDefinition definition =
        lower(service("db", "postgres:16"), candidate("tests", "acme/tests"));

    assertThat(definition.containers()).noneMatch(ContainerDefinition::essential);
  }

  @Test
  void onlyChecksOfTheCatalogueAreOurs() {
    TaskDefinition definition =
        lower(service("db", "postgres:16"), service("app", "acme/app").healthcheck("CMD", "true"));

    assertThat(check(definition, "db").ours()).isTrue();
    assertThat(check(definition, "app").ours()).isFalse();
    assertThat(check(definition, "app").interval()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void portsAreThoseThatShowReadiness() {
    TaskDefinition definition =
        lower(
            service("app", "acme/app").ports(5005, 8080),
            service("db", "postgres:16"),
            candidate("tests", "acme/tests").environment("URL", "http://app:8080"));

    assertThat(container(definition, "app").listening())
        .isEqualTo(new Listening(List.of(8080), Listening.LIMIT));
    assertThat(container(definition, "app").ports()).containsExactly(8080);
    assertThat(container(definition, "db").ports()).containsExactly(5432);
  }

  @Test
  void mountsBecomeVolumesThatContainersShare() {
    TaskDefinition definition =
        LaptopLowering.lower(
                Planner.plan(
                    Compositions.pipeline(
                        service("app", "acme/app")
                            .volume("my data", "/data")
                            .bind("/work/shop/seed", "/seed")
                            .bind("/work/shop/absent", "/absent")
                            .bind("/work/shop/app.conf", "/etc/app.conf")
                            .adding(
                                ServiceKey.CONFIGS,
                                new FileMount("c", "", "text", "/c", place("c"))),
                        service("other", "acme/app")
                            .volume("my data", "/in")
                            .bind("/work/shop/seed", "/s")),
                    1,
                    ImageConfigs.NONE,
                    Compositions.files(Set.of("/work/shop/seed"), Set.of("/work/shop/app.conf"))),
                "r1")
            .getFirst();

    assertThat(definition.volumes())
        .containsExactly(
            new TaskVolume.Empty("my-data"),
            new TaskVolume.Host("audition-folder-1", "/work/shop/seed", false),
            new TaskVolume.Host("audition-folder-2", "/work/shop/absent", true),
            new TaskVolume.Host("audition-file-3", "/work/shop/app.conf", false),
            new TaskVolume.Text("audition-text-4", "text"));
    assertThat(container(definition, "app").mountPoints())
        .containsExactly(
            new MountPoint("my-data", "/data", false),
            new MountPoint("audition-folder-1", "/seed", false),
            new MountPoint("audition-folder-2", "/absent", false),
            new MountPoint("audition-file-3", "/etc/app.conf", false),
            new MountPoint("audition-text-4", "/c", true));
    assertThat(container(definition, "other").mountPoints())
        .containsExactly(
            new MountPoint("my-data", "/in", false),
            new MountPoint("audition-folder-1", "/s", false));
  }

  @Test
  void onlyLimitsOfTheCompositionAreLimits() {
    TaskDefinition definition =
        lower(
            service("free", "postgres:16"),
            service("bound", "acme/a")
                .with(ServiceKey.MEM_LIMIT, 64L << 20)
                .with(ServiceKey.CPUS, 0.5));

    assertThat(container(definition, "free").memoryMiB()).isNull();
    assertThat(container(definition, "free").cpuUnits()).isNull();
    assertThat(container(definition, "bound").memoryMiB()).isEqualTo(64);
    assertThat(container(definition, "bound").cpuUnits()).isEqualTo(512);
  }

  @Test
  void hostsEnvironmentAndStopTimeoutArePassedOn() {
    TaskDefinition definition =
        lower(
            service("app", "acme/app")
                .environment("A", "1")
                .with(ServiceKey.STOP_GRACE_PERIOD, Duration.ofSeconds(3)));

    assertThat(definition.hosts()).containsExactly(Map.entry("app", "127.0.0.1"));
    assertThat(container(definition, "app").environment()).containsExactly(Map.entry("A", "1"));
    assertThat(container(definition, "app").stopTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void thePlatformIsTheEnginesOwnUnlessSomebodyAsks() {
    assertThat(lower(service("app", "acme/app")).platform()).isEmpty();
    assertThat(lower(service("app", "acme/app").with(ServiceKey.PLATFORM, "linux/arm64/v8")))
        .extracting(TaskDefinition::platform)
        .isEqualTo("linux/arm64");
  }

  @Test
  void theFamilyIsOneThatEcsTakes() {
    Plan plan =
        Planner.plan(
            Compositions.pipeline(
                Compositions.step("Run the tests! " + "x".repeat(300), service("a", "acme/a"))),
            1,
            ImageConfigs.NONE);

    assertThat(LaptopLowering.lower(plan, "r1").getFirst().family())
        .startsWith("audition-r1-1-1-Run-the-tests--")
        .hasSize(255)
        .matches("[A-Za-z0-9_-]+");
  }

  @Test
  void aPlanWithoutTasksHasNoDefinitions() {
    Plan plan = Planner.plan(Compositions.pipeline(Compositions.step("e")), 1, ImageConfigs.NONE);

    assertThat(LaptopLowering.lower(plan, "r1")).isEmpty();
  }

  private static TaskDefinition lower(SampleService... services) {
    return LaptopLowering.lower(
            Planner.plan(Compositions.pipeline(services), 1, ImageConfigs.NONE), "r1")
        .getFirst();
  }

  private static ContainerDefinition container(TaskDefinition definition, String name) {
    return definition.containers().stream()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static HealthCheck check(TaskDefinition definition, String name) {
    return Objects.requireNonNull(container(definition, name).healthCheck());
  }
}
