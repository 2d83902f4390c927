package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.HealthStatus;
import dev.audition.local.runtime.Gates.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatesTest {
  private static final Target WAITING =
      new Target("waiting", false, false, null, HealthStatus.UNKNOWN, false);
  private static final Target RUNNING =
      new Target("running", true, false, null, HealthStatus.UNKNOWN, false);
  private static final Target HEALTHY =
      new Target("healthy", true, false, null, HealthStatus.HEALTHY, false);
  private static final Target UNHEALTHY =
      new Target("unhealthy", true, false, null, HealthStatus.UNHEALTHY, false);
  private static final Target LISTENING =
      new Target("listening", true, false, null, HealthStatus.UNKNOWN, true);
  private static final Target SUCCEEDED =
      new Target("succeeded", true, true, 0, HealthStatus.HEALTHY, false);
  private static final Target FAILED =
      new Target("failed", true, true, 3, HealthStatus.UNKNOWN, false);
  private static final Target NEVER_STARTED =
      new Target("never-started", false, true, null, HealthStatus.UNKNOWN, false);
  private static final Map<String, Target> TARGETS =
      Map.of(
          "waiting", WAITING,
          "running", RUNNING,
          "healthy", HEALTHY,
          "unhealthy", UNHEALTHY,
          "listening", LISTENING,
          "succeeded", SUCCEEDED,
          "failed", FAILED,
          "never-started", NEVER_STARTED);

  @ParameterizedTest
  @CsvSource({
    // target,        START,   COMPLETE, SUCCESS, HEALTHY, LISTENING
    "waiting,         Waiting, Waiting,  Waiting, Waiting, Waiting",
    "running,         Open,    Waiting,  Waiting, Waiting, Waiting",
    "healthy,         Open,    Waiting,  Waiting, Open,    Waiting",
    "unhealthy,       Open,    Waiting,  Waiting, Waiting, Waiting",
    "listening,       Open,    Waiting,  Waiting, Waiting, Open",
    "succeeded,       Open,    Open,     Open,    Never,   Open",
    "failed,          Open,    Open,     Never,   Never,   Open",
    "never-started,   Never,   Never,    Never,   Never,   Never",
  })
  void conditionIsDecidedByTheStateOfItsTarget(
      String target,
      String start,
      String complete,
      String success,
      String healthy,
      String listening) {
    assertThat(answer(target, ContainerCondition.START)).isEqualTo(start);
    assertThat(answer(target, ContainerCondition.COMPLETE)).isEqualTo(complete);
    assertThat(answer(target, ContainerCondition.SUCCESS)).isEqualTo(success);
    assertThat(answer(target, ContainerCondition.HEALTHY)).isEqualTo(healthy);
    assertThat(answer(target, ContainerCondition.LISTENING)).isEqualTo(listening);
  }

  @Test
  void oneThatNeverWillOutweighsOneThatWaits() {
    GateAnswer answer =
        Gates.decide(
            List.of(
                new ContainerDependency("running", ContainerCondition.COMPLETE),
                new ContainerDependency("failed", ContainerCondition.SUCCESS)),
            GatesTest::target);

    assertThat(answer)
        .isEqualTo(
            new GateAnswer.Never(
                "CannotStartContainerError: dependency graph: \"failed\" had to end with exit code"
                    + " 0, but ended with 3"));
  }

  @Test
  void oneThatWaitsOutweighsOneThatIsOpen() {
    GateAnswer answer =
        Gates.decide(
            List.of(
                new ContainerDependency("waiting", ContainerCondition.START),
                new ContainerDependency("running", ContainerCondition.START)),
            GatesTest::target);

    assertThat(answer).isEqualTo(new GateAnswer.Waiting());
  }

  @Test
  void noDependencyIsAnOpenGate() {
    assertThat(Gates.decide(List.of(), GatesTest::target)).isEqualTo(new GateAnswer.Open());
  }

  private static Target target(String name) {
    return Objects.requireNonNull(TARGETS.get(name));
  }

  private static String answer(String target, ContainerCondition condition) {
    return Gates.decide(List.of(new ContainerDependency(target, condition)), GatesTest::target)
        .getClass()
        .getSimpleName();
  }
}
