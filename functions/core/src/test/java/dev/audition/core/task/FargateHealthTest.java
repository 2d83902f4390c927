package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.plan.HealthProbe;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateHealthTest {
  private static HealthProbe probe(long interval, long timeout, int retries, long startPeriod) {
    return new HealthProbe(
        List.of("CMD", "true"),
        Duration.ofMillis(interval),
        Duration.ofMillis(timeout),
        retries,
        Duration.ofMillis(startPeriod),
        HealthProbe.Origin.COMPOSITION);
  }

  private static Duration budget(HealthCheck check) {
    return check.startPeriod().plus(check.interval().multipliedBy(check.retries()));
  }

  // In milliseconds: what is given; in seconds: what Fargate gets.
  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "30000, 30000,  3,      0,  30, 30,  3,   0", // within the ranges: as it is
    " 1000,  3000, 30,      0,   5,  3,  6,   0", // frequent probes: fewer, the same 30 s
    " 1000,  1000,  3,      0,   5,  2,  3,   0", // few failures are tolerated as before
    " 1000,  1000,  1,      0,   5,  2,  1,   0",
    "10000,  5000, 30,      0,  10,  5, 10, 200", // many retries: the rest before they count
    "10000,  5000, 60,  20000,  32,  5, 10, 300", // more than that: longer intervals
    "10000,  5000,  3, 600000,  33,  5, 10, 300", // a long start period: retries for the rest
    "60000,  5000,  3, 600000,  60,  5,  8, 300",
    " 2500, 90000,  5,  10500,   5, 60,  3,  11"
  })
  void keepsWhatFitsAndMovesTheRest(
      long interval,
      long timeout,
      int retries,
      long startPeriod,
      long interval2,
      long timeout2,
      int retries2,
      long startPeriod2) {
    HealthCheck check = FargateHealth.lower(probe(interval, timeout, retries, startPeriod));
    assertThat(check)
        .isEqualTo(
            new HealthCheck(
                List.of("CMD", "true"),
                Duration.ofSeconds(interval2),
                Duration.ofSeconds(timeout2),
                retries2,
                Duration.ofSeconds(startPeriod2),
                false));
  }

  @Test
  void neverShortensABudgetAndNeverLeavesTheRanges() {
    long seed = Long.getLong("audition.seed", 20261120L);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 30_000; round++) {
      HealthProbe given =
          probe(
              1 + random.nextLong(random.nextBoolean() ? 10_000 : 400_000),
              1 + random.nextLong(100_000),
              1 + random.nextInt(random.nextBoolean() ? 10 : 200),
              random.nextLong(random.nextBoolean() ? 20_000 : 500_000));
      HealthCheck check = FargateHealth.lower(given);
      assertThat(check.interval()).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(5));
      assertThat(check.timeout()).isBetween(Duration.ofSeconds(2), Duration.ofMinutes(1));
      assertThat(check.retries()).isBetween(1, 10);
      assertThat(check.startPeriod()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
      if (given.budget().compareTo(FargateHealth.MAXIMUM_BUDGET) <= 0) {
        assertThat(budget(check))
            .as("seed %d: %s", seed, given)
            .isGreaterThanOrEqualTo(given.budget());
      } else {
        assertThat(budget(check)).isEqualTo(FargateHealth.MAXIMUM_BUDGET);
      }
    }
  }
}
