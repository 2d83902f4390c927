package dev.audition.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.testkit.ManualClock;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class QueuedRunTest {
  private static final Instant NOW = ManualClock.START;

  private static Run waiting(@Nullable Duration patience) {
    return Run.of(
            new RunId("run-1"),
            "audition.yml",
            Duration.ofMinutes(5),
            List.of(StepKinds.composition(1, "tests")),
            NOW)
        .waitingWith(new Ticket("shop", CapacityPool.ON_DEMAND, 1024, patience));
  }

  private static Run apply(Run run, RunEvent event, Instant at) {
    return RunMachine.apply(run, event, at).next();
  }

  @Test
  void waitingEndsOnlyWhereTheRequestSaysSo() {
    Run patient = waiting(null);
    assertThat(patient.times().nextCheckAt()).isNull();
    assertThat(apply(patient, new RunEvent.DeadlinePassed(), NOW.plus(Duration.ofDays(9))))
        .isEqualTo(patient);
    Run impatient = waiting(Duration.ofMinutes(10));
    assertThat(impatient.times().nextCheckAt()).isEqualTo(NOW.plusSeconds(600));
    assertThat(apply(impatient, new RunEvent.DeadlinePassed(), NOW.plusSeconds(599)))
        .isEqualTo(impatient);
    Run late = apply(impatient, new RunEvent.DeadlinePassed(), NOW.plusSeconds(600));
    assertThat(late.verdict()).isEqualTo(Verdict.TIMED_OUT);
    assertThat(RunReports.report(late, List.of(), NOW).reason())
        .isEqualTo("no capacity for it was free within 10 min.");
  }

  @Test
  void theRunsOwnDeadlineCountsFromItsStartNotFromItsWaiting() {
    Instant start = NOW.plus(Duration.ofHours(3));
    Run begun = apply(waiting(Duration.ofHours(4)), new RunEvent.Started(), start);
    assertThat(begun.deadline()).isEqualTo(start.plus(Duration.ofMinutes(5)));
    assertThat(begun.status()).isEqualTo(RunStatus.PREPARING);
  }

  @Test
  void aRunIsCancelledWhileItWaitsAndNeverStarts() {
    Run cancelled = apply(waiting(null), new RunEvent.CancelRequested("ann", ""), NOW);
    assertThat(cancelled.verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(cancelled.over()).isTrue();
    assertThat(apply(cancelled, new RunEvent.Started(), NOW)).isEqualTo(cancelled);
  }

  @Test
  void theReportOfAWaitingRunSaysWhatItWaitsFor() {
    assertThat(RunReports.report(waiting(null), List.of(), NOW).reason())
        .isEqualTo(
            "It waits until 1 vCPU are free (quota L-3032A538, \"Fargate On-Demand vCPU resource"
                + " count\").");
  }

  @Test
  void theTicketIsStoredWithTheRun() {
    for (Run run : List.of(waiting(null), waiting(Duration.ofHours(1)))) {
      assertThat(RunJson.read(RunJson.write(run), "run.json")).isEqualTo(run);
    }
  }

  @Test
  void aRunAlwaysHasTheSamePoolAndTheShareIsKept() {
    long spot =
        IntStream.range(0, 1000)
            .mapToObj(i -> new RunId("run-" + i))
            .filter(id -> CapacityPool.of(id, 30) == CapacityPool.SPOT)
            .count();
    assertThat(spot).isBetween(250L, 350L);
    RunId id = new RunId("run-7");
    assertThat(CapacityPool.of(id, 0)).isEqualTo(CapacityPool.ON_DEMAND);
    assertThat(CapacityPool.of(id, 100)).isEqualTo(CapacityPool.SPOT);
  }

  @Test
  void aTicketNamesAProject() {
    assertThatThrownBy(() -> new Ticket("", CapacityPool.SPOT, 1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("project");
  }
}
