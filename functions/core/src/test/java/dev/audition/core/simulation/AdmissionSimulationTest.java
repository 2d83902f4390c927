package dev.audition.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionSimulationTest {
  private static final int REQUESTS = 300;
  private static final long SEED = 7;

  private final Figures figures = Figures.ofProject();

  private Outcome play(Scenario scenario) {
    return new Simulation(figures, scenario, REQUESTS, SEED).play();
  }

  @Test
  void aNewAccountIsKeptBusyAndASmallProjectWaitsMinutesWhereANoisyOneWaitsHours() {
    Outcome outcome = play(new Scenario("new", 6, 6, 0, 600));
    assertThat(outcome.passed()).isEqualTo(outcome.runs());
    assertThat(outcome.mostInUse()).isLessThanOrEqualTo(6 * 1024);
    assertThat(outcome.used()).isGreaterThan(0.94);
    assertThat(outcome.calls()).doesNotContainKeys("RunTask, above the quota", "StopTask");
    assertThat(outcome.calls().get("RunTask")).isEqualTo(outcome.runs());
    assertThat(outcome.costPerRun()).isLessThan(1e-4);
    assertThat(outcome.noisy().median()).isGreaterThan(3600);
    assertThat(outcome.small().median()).isLessThan(300);
    assertThat(outcome.small().longest()).isLessThan(outcome.noisy().median());
  }

  @Test
  void anAccountThatGivesLessThanItSaidIsLearnedAndEveryRunPassesAllTheSame() {
    Outcome outcome = play(new Scenario("less", 16, 12, 0, 600));
    assertThat(outcome.passed()).isEqualTo(outcome.runs());
    assertThat(outcome.mostInUse()).isLessThanOrEqualTo(12 * 1024);
    assertThat(outcome.used()).isGreaterThan(0.85);
  }

  private Outcome playAllOf(int scenario) {
    Scenario known = Scenario.of(figures.list("scenarios").get(scenario));
    Outcome outcome = new Simulation(figures, known, 10_000, 1).play();
    assertThat(outcome.passed()).isEqualTo(outcome.runs());
    assertThat(outcome.ratio()).as(known.name()).isBetween(1.0, 1.05);
    assertThat(outcome.costPerRun()).isLessThan(1e-4);
    return outcome;
  }

  @Test
  void tenThousandRequestsAtOnceDrainInAtMostATwentiethAboveTheBound() {
    Outcome outcome = playAllOf(4);
    // All have begun long before the last long ones end: here the quota is not what limits.
    assertThat(outcome.bound().inOrderSeconds()).isGreaterThan(outcome.bound().anyOrderSeconds());
    assertThat(outcome.used()).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {0, 1, 2, 3})
  void tenThousandRequestsDrainInAtMostATwentiethAboveTheBound(int scenario) {
    Outcome outcome = playAllOf(scenario);
    assertThat(outcome.small().longest()).isLessThan(outcome.noisy().longest() / 50);
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    Scenario scenario = new Scenario("spot", 8, 8, 50, 300);
    Outcome first = play(scenario);
    Outcome second = play(scenario);
    assertThat(List.of(first.drainSeconds(), first.small(), first.calls(), first.costPerRun()))
        .isEqualTo(
            List.of(second.drainSeconds(), second.small(), second.calls(), second.costPerRun()));
    assertThat(first.passed()).isEqualTo(first.runs());
  }
}
