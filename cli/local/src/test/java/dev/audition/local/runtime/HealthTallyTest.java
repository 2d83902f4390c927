package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.HealthStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthTallyTest {
  private final HealthTally tally =
      new HealthTally(
          new HealthCheck(
              List.of("CMD", "true"),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              3,
              Duration.ofSeconds(10),
              false));

  @Test
  void failuresInTheStartPeriodDoNotCount() {
    for (int second = 1; second < 10; second++) {
      assertThat(tally.failure(Duration.ofSeconds(second))).isEqualTo(HealthStatus.UNKNOWN);
    }
    assertThat(tally.failure(Duration.ofSeconds(10))).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(tally.failure(Duration.ofSeconds(11))).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(tally.failure(Duration.ofSeconds(12))).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void successEndsTheStartPeriod() {
    assertThat(tally.success()).isEqualTo(HealthStatus.HEALTHY);

    assertThat(tally.failure(Duration.ofSeconds(1))).isEqualTo(HealthStatus.HEALTHY);
    assertThat(tally.failure(Duration.ofSeconds(2))).isEqualTo(HealthStatus.HEALTHY);
    assertThat(tally.failure(Duration.ofSeconds(3))).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void successBetweenFailuresBeginsTheCountAgain() {
    tally.failure(Duration.ofSeconds(11));
    tally.failure(Duration.ofSeconds(12));
    tally.success();
    tally.failure(Duration.ofSeconds(13));

    assertThat(tally.failure(Duration.ofSeconds(14))).isEqualTo(HealthStatus.HEALTHY);
    assertThat(tally.failure(Duration.ofSeconds(15))).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(tally.success()).isEqualTo(HealthStatus.HEALTHY);
  }
}
