package dev.audition.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bound itself, on runs few enough to count on the fingers. */
final class BoundTest {
  private static RunPlan plan(String id, int cpuUnits, double arrives, double candidateSeconds) {
    return new RunPlan(new RunId(id), "shop", cpuUnits, arrives, 20, candidateSeconds, 10);
  }

  private static Bound bound(RunPlan... plans) {
    return Bound.of(List.of(plans), 1024, 1, 0, 20, 20);
  }

  @Test
  void allWorkAtTheFullQuotaIsTheLeast() {
    assertThat(bound(plan("a", 1024, 0, 70), plan("b", 512, 0, 70), plan("c", 512, 0, 70)))
        .isEqualTo(new Bound(200, 200));
  }

  @Test
  void aLongRunThatBeganLastMakesTheBoundOfItsOrderLonger() {
    assertThat(bound(plan("a", 1024, 0, 70), plan("b", 256, 0, 970)))
        .isEqualTo(new Bound(1000, 1100));
    assertThat(bound(plan("b", 256, 0, 970), plan("a", 1024, 0, 70)))
        .isEqualTo(new Bound(1000, 1000));
  }

  @Test
  void whatHasNotComeHoldsUpNothing() {
    assertThat(bound(plan("late", 1024, 500, 70), plan("a", 1024, 0, 70)))
        .isEqualTo(new Bound(600, 600));
  }

  @Test
  void launchesTakeTheirTime() {
    RunPlan[] tiny =
        IntStream.range(0, 420).mapToObj(i -> plan("a-" + i, 1, 0, 5)).toArray(RunPlan[]::new);
    assertThat(bound(tiny)).isEqualTo(new Bound(35, 55));
    RunPlan[] many =
        IntStream.range(0, 2020).mapToObj(i -> plan("a-" + i, 1, 0, 5)).toArray(RunPlan[]::new);
    assertThat(bound(many).anyOrderSeconds()).isEqualTo(100);
  }
}
