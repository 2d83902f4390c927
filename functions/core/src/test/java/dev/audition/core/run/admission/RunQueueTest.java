package dev.audition.core.run.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.AdmissionStore.Changes;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.StopCode;
import dev.audition.core.testkit.ContainerScript;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RunQueueTest {
  private static final int VCPU = Quotas.VCPU;

  private final Stack stack = new Stack(2, 0);

  private void assertNothingIsLeft() {
    assertThat(stack.admissionStore.admitted()).isEmpty();
    assertThat(stack.admissionStore.load().idle()).isTrue();
    assertThat(stack.admissionStore.load().pool(CapacityPool.ON_DEMAND).waiting()).isEmpty();
    assertThat(stack.runtime.alive()).isEmpty();
  }

  @Test
  void runsBeginAsCapacityAllowsAndTheNextOneWhenATaskHasEnded() {
    RunId first = stack.submit("a", "shop", 2 * VCPU, null);
    RunId second = stack.submit("b", "shop", 2 * VCPU, null);
    assertThat(stack.run(first).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stack.run(second).status()).isEqualTo(RunStatus.QUEUED);
    stack.pass(Stack.CANDIDATE.plusSeconds(10), false);
    assertThat(stack.run(first).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(stack.run(second).status()).isEqualTo(RunStatus.RUNNING);
    stack.pass(Stack.CANDIDATE.plusSeconds(10), false);
    assertThat(stack.run(second).verdict()).isEqualTo(Verdict.PASSED);
    assertNothingIsLeft();
  }

  @Test
  void theSameRequestTwiceBeginsOneRun() {
    stack.submit("a", "shop", VCPU, null);
    stack.submit("a", "shop", VCPU, null);
    stack.pass(Duration.ofMinutes(3), false);
    stack.submit("a", "shop", VCPU, null);
    assertThat(stack.runtime.launched()).hasSize(1);
    assertNothingIsLeft();
  }

  @Test
  void aRunThatIsCancelledWhileItWaitsLeavesItsLine() {
    stack.submit("a", "shop", 2 * VCPU, null);
    RunId second = stack.submit("b", "shop", 2 * VCPU, null);
    stack.cancel(second);
    assertThat(stack.run(second).verdict()).isEqualTo(Verdict.CANCELLED);
    stack.pass(Duration.ofMinutes(3), false);
    assertThat(stack.runtime.launched()).hasSize(1);
    assertNothingIsLeft();
  }

  @Test
  void patienceThatIsOverEndsTheWait() {
    stack.runtime.script("tests", ContainerScript.exits(0, Duration.ofMinutes(9)));
    stack.submit("a", "shop", 2 * VCPU, null);
    RunId second = stack.submit("b", "shop", 2 * VCPU, Duration.ofMinutes(2));
    stack.pass(Duration.ofMinutes(3), false);
    assertThat(stack.run(second).verdict()).isEqualTo(Verdict.TIMED_OUT);
    stack.pass(Duration.ofMinutes(9), false);
    assertNothingIsLeft();
  }

  @Test
  void aRunOfWhichEveryEventIsLostGivesBackWhatItHeld() {
    stack.submit("a", "shop", 2 * VCPU, null);
    RunId second = stack.submit("b", "shop", 2 * VCPU, null);
    stack.pass(Duration.ofMinutes(6), true);
    assertThat(stack.run(second).verdict()).isEqualTo(Verdict.PASSED);
    assertNothingIsLeft();
  }

  @Test
  void aRunThatWasAdmittedAndNeverStoredIsForgottenInTheEnd() {
    Run ghost = stack.run(stack.submit("a", "shop", VCPU, null));
    stack.pass(Duration.ofMinutes(3), false);
    Claim claim =
        new Claim(
            new RunId("ghost"),
            "shop",
            CapacityPool.ON_DEMAND,
            2 * VCPU,
            ghost.times().createdAt());
    stack.admissionStore.enqueue(claim);
    stack.sweep();
    assertThat(stack.admissionStore.admitted(claim.run())).isPresent();
    stack.clock.advance(RunQueue.STORED_WITHIN);
    stack.sweep();
    assertNothingIsLeft();
  }

  @Test
  void pausedNothingBeginsAndResumedTheOldestDoes() {
    stack.admission.switchTo(Mode.PAUSED);
    RunId first = stack.submit("a", "shop", VCPU, null);
    assertThat(stack.run(first).status()).isEqualTo(RunStatus.QUEUED);
    assertThat(stack.admission.whyWaiting(stack.run(first)).orElseThrow()).contains("paused");
    stack.admission.switchTo(Mode.OPEN);
    stack.sweep();
    assertThat(stack.run(first).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stack.admission.whyWaiting(stack.run(first))).isEmpty();
  }

  @Test
  void whatOneCallHasNoTimeToBeginASweepBegins() {
    Stack slow = new Stack(8, 0);
    slow.runtime.script("tests", ContainerScript.exits(0, Duration.ofMinutes(9)));
    slow.admission.switchTo(Mode.PAUSED);
    for (String name : List.of("a", "b", "c", "d")) {
      slow.submit(name, "shop", VCPU, null);
    }
    slow.admission.switchTo(Mode.OPEN);
    slow.hasTimeFor(2);
    slow.sweep();
    assertThat(slow.runs())
        .extracting(Run::status)
        .containsExactly(RunStatus.RUNNING, RunStatus.RUNNING, RunStatus.QUEUED, RunStatus.QUEUED);
    slow.hasTimeFor(100);
    slow.pass(Duration.ofMinutes(3), false);
    assertThat(slow.runs()).extracting(Run::status).containsOnly(RunStatus.RUNNING);
    assertThat(slow.runtime.launched()).hasSize(4);
  }

  @Test
  void aRefusalForWantOfCapacityLowersTheLimitAndTheRunIsTriedAgain() {
    stack.runtime.refuses(
        RefusalKind.CAPACITY,
        "You've reached the limit on the number of vCPUs you can run concurrently");
    RunId first = stack.submit("a", "shop", VCPU, null);
    assertThat(stack.admissionStore.load().pool(CapacityPool.ON_DEMAND).learned()).isNotNull();
    RunId second = stack.submit("b", "shop", VCPU, null);
    assertThat(stack.run(second).status()).isEqualTo(RunStatus.QUEUED);
    assertThat(stack.admission.whyWaiting(stack.run(second)).orElseThrow())
        .contains("AWS did not give lately");
    stack.pass(Duration.ofMinutes(6), false);
    assertThat(stack.runs()).extracting(Run::verdict).containsOnly(Verdict.PASSED);
    assertThat(stack.run(first).steps().getFirst().tasks().getFirst().tryNumber()).isEqualTo(2);
    assertNothingIsLeft();
  }

  @Test
  void throttledCallsSayNothingOfLimits() {
    stack.runtime.refuses(RefusalKind.CAPACITY, "ThrottlingException: Rate exceeded");
    stack.submit("a", "shop", VCPU, null);
    assertThat(stack.admissionStore.load().pool(CapacityPool.ON_DEMAND).learned()).isNull();
  }

  @Test
  void aRunKeepsItsPlaceWhileAnInterruptedTaskIsLaunchedAgain() {
    stack.runtime.endsTask(
        1, Duration.ofSeconds(5), StopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.");
    stack.runtime.script("db", 1, ContainerScript.stays().healthy(null));
    RunId first = stack.submit("a", "shop", 2 * VCPU, null);
    RunId second = stack.submit("b", "shop", 2 * VCPU, null);
    stack.pass(Duration.ofMinutes(4), false);
    assertThat(stack.runtime.launchesOf(first + "/1/1/2")).isEqualTo(1);
    assertThat(stack.run(first).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(stack.run(second).steps().getFirst().times().startedAt())
        .isAfterOrEqualTo(stack.run(first).times().endedAt());
  }

  @Test
  void unitsThatDoNotAgreeWithWhoIsAdmittedAreSetRight() {
    stack.submit("a", "shop", VCPU, null);
    AdmissionState state = stack.admissionStore.load();
    PoolState wrong =
        state.pool(CapacityPool.ON_DEMAND).withHeld(new TreeMap<>(Map.of("gone", 2 * VCPU)));
    stack.admissionStore.commit(
        state.with(CapacityPool.ON_DEMAND, wrong), state.version(), Changes.NONE);
    RunId second = stack.submit("b", "shop", VCPU, null);
    assertThat(stack.run(second).status()).isEqualTo(RunStatus.QUEUED);
    stack.sweep();
    assertThat(stack.run(second).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stack.admissionStore.load().pool(CapacityPool.ON_DEMAND).heldBy("shop"))
        .isEqualTo(2 * VCPU);
  }

  @Test
  void whereverAFunctionDiesEveryRunEndsOnceAndNothingIsLeft() {
    int point = 0;
    boolean died;
    do {
      point++;
      Stack dying = new Stack(2, point);
      dying.submit("a", "shop", 2 * VCPU, null);
      dying.submit("b", "shop", VCPU, null);
      dying.submit("c", "tools", VCPU, null);
      RunId late = dying.submit("d", "tools", 2 * VCPU, null);
      dying.cancel(late);
      dying.pass(Duration.ofMinutes(8), false);
      died = dying.died();
      assertThat(dying.runs())
          .as("death at %d", point)
          .extracting(Run::verdict)
          .containsExactly(Verdict.PASSED, Verdict.PASSED, Verdict.PASSED, Verdict.CANCELLED);
      assertThat(dying.runtime.launched())
          .as("death at %d", point)
          .hasSize(3)
          .doesNotHaveDuplicates();
      assertThat(dying.admissionStore.admitted()).as("death at %d", point).isEmpty();
      assertThat(dying.admissionStore.load().idle()).as("death at %d", point).isTrue();
    } while (died);
    assertThat(point).isGreaterThan(80);
  }

  @Test
  void twoFunctionsThatDecideAtOnceAdmitNothingTwice() {
    AdmissionService other =
        new AdmissionService(stack.admissionStore, Quotas.ofVcpus(2), stack.clock, Backoff.NONE);
    Claim claim =
        new Claim(new RunId("a"), "shop", CapacityPool.ON_DEMAND, VCPU, stack.clock.instant());
    stack.admissionStore.enqueue(claim);
    AdmissionState stale = stack.admissionStore.load();
    assertThat(other.admit()).containsExactly(claim.run());
    assertThat(
            stack.admissionStore.commit(
                stale,
                stale.version(),
                new Changes(List.of(new AdmittedRun(claim, stack.clock.instant())), List.of())))
        .isFalse();
    assertThat(stack.admission.admit()).isEmpty();
    assertThat(stack.admission.releaseAndAdmit(List.of(claim.run(), claim.run(), new RunId("x"))))
        .isEmpty();
    assertThat(stack.admissionStore.load().idle()).isTrue();
  }
}
