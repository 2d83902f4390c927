package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.container;
import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.plan.Plans.refusals;
import static dev.audition.core.plan.Plans.task;
import static dev.audition.core.plan.Plans.warnings;
import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.size.TaskSize;
import dev.audition.core.testkit.SampleService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskSizingTest {
  private static final long GIB = 1L << 30;

  @Test
  void aContainerCountsItsLimitItsReservationOrWhatIsUsual() {
    Plan plan =
        plan(
            service("limited", "redis")
                .with(ServiceKey.MEM_LIMIT, GIB + 1)
                .with(ServiceKey.MEM_RESERVATION, GIB / 2),
            service("reserved", "acme/a").with(ServiceKey.MEM_RESERVATION, GIB / 2),
            service("search", "elasticsearch:8.14.0"),
            service("client", "elasticsearch:8.14.0").command("curl", "x"),
            service("plain", "acme/a"));

    assertThat(task(plan).containers())
        .extracting(PlannedContainer::memoryMiB)
        .containsExactly(1025, 512, 2048, 512, 512);
    assertThat(container(plan, "limited").memoryLimitMiB()).isEqualTo(1025);
    assertThat(container(plan, "reserved").memoryLimitMiB()).isNull();
  }

  @Test
  void theTaskGetsTheSmallestSizeThatHoldsAll() {
    // 256 (postgres) + 512 (usual) + 128 (ours) MiB, and twice a quarter of a core.
    Plan small = plan(service("db", "postgres:16"), candidate("tests", "acme/tests"));
    Plan cores = plan(service("app", "acme/app").with(ServiceKey.CPUS, 1.5));

    assertThat(task(small).size()).isEqualTo(new TaskSize(512, 1024));
    assertThat(task(cores).size()).isEqualTo(new TaskSize(2048, 4096));
  }

  @Test
  void moreThanTheLargestTaskHoldsIsRefusedWithNames() {
    Plan plan =
        plan(
            service("small", "redis"),
            service("huge", "acme/a").with(ServiceKey.MEM_LIMIT, 250 * GIB));
    Plan cores = plan(service("busy", "acme/a").with(ServiceKey.CPUS, 33.0));

    assertThat(refusals(plan, Category.SIZE))
        .singleElement()
        .asString()
        .contains("huge (0.25 cores, 256000 MiB)")
        .contains("32 cores and 249856 MiB");
    assertThat(refusals(cores, Category.SIZE)).singleElement().asString().contains("busy");
  }

  @Test
  void moreContainersThanATaskOnFargateHoldsAreAWarning() {
    assertThat(warnings(planOf(plain(8)), Category.SIZE)).isEmpty();
    assertThat(planOf(plain(9)).refused()).isFalse();
    assertThat(warnings(planOf(plain(9)), Category.SIZE))
        .singleElement()
        .asString()
        .contains("9 containers of the composition and 2 of ours (one prepares, one keeps) are 11")
        .contains("and a task on Fargate holds 10")
        .contains("s1, s2, s3");
  }

  @Test
  void hundredsOfServicesAreRefusedWithoutACloserLook() {
    Plan plan = planOf(plain(101));

    assertThat(plan.tasks()).isEmpty();
    assertThat(refusals(plan, Category.SIZE)).singleElement().asString().contains("101 services");
  }

  @Test
  void aCircleOfTheMostServicesIsPlannedInTime() {
    List<SampleService> services = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      services.add(service("s" + i, "acme/s").dependsOn("s" + (i % 100 + 1)));
    }

    assertThat(planOf(services).tasks()).hasSize(1); // which the reader has refused
  }

  @Test
  void oneContainerOfOursDialsEachDistinctSetOfServices() {
    List<SampleService> services = new ArrayList<>();
    services.add(service("app", "acme/app").ports(8080));
    services.add(service("one", "acme/one").dependsOn("app"));
    services.add(service("two", "acme/two").dependsOn("app"));
    services.add(service("three", "acme/three"));
    services.add(service("four", "acme/four"));
    services.add(service("five", "acme/five"));
    services.add(candidate("tests", "acme/tests").dependsOn("app"));

    assertThat(planOf(services).refused()).isFalse();

    services.add(service("six", "acme/six"));

    assertThat(warnings(planOf(services), Category.SIZE))
        .singleElement()
        .asString()
        .contains("8 containers of the composition and 3 of ours")
        .contains("(one prepares, one keeps, one dials services that have no health check)")
        .contains("give services a healthcheck");
  }

  private static Plan planOf(List<SampleService> services) {
    return Plans.plan(services.toArray(SampleService[]::new));
  }

  private static List<SampleService> plain(int number) {
    List<SampleService> services = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      services.add(service("s" + i, "acme/s"));
    }
    return services;
  }
}
