package dev.audition.core.run.admission;

import static dev.audition.core.run.CapacityPool.ON_DEMAND;
import static dev.audition.core.run.CapacityPool.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunId;
import dev.audition.core.run.Ticket;
import dev.audition.core.run.admission.AdmissionState.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private static final int VCPU = Quotas.VCPU;
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Crowd crowd = new Crowd(Quotas.ofVcpus(6), _ -> LONG);

  @Test
  void asManyBeginAsFitAndTheOldestOfAProjectFirst() {
    Claim first = crowd.arrive("shop", 4 * VCPU);
    Claim second = crowd.arrive("shop", 2 * VCPU);
    Claim third = crowd.arrive("shop", VCPU);
    assertThat(crowd.decide()).containsExactlyInAnyOrder(first, second);
    crowd.pass(LONG);
    assertThat(crowd.began(third)).isTrue();
  }

  @Test
  void theProjectThatHoldsLeastGoesFirst() {
    for (int i = 0; i < 9; i++) {
      crowd.arrive("noisy", VCPU);
    }
    Claim small = crowd.arrive("small", VCPU);
    assertThat(crowd.decide()).hasSize(6).contains(small);
    assertThat(crowd.state.pool(ON_DEMAND).heldBy("noisy")).isEqualTo(5 * VCPU);
  }

  @Test
  void spotIsAQuotaOfItsOwn() {
    crowd.arrive("shop", ON_DEMAND, 6 * VCPU);
    crowd.arrive("shop", SPOT, 6 * VCPU);
    crowd.arrive("shop", SPOT, VCPU);
    assertThat(crowd.decide()).hasSize(2);
    assertThat(crowd.inUse(SPOT)).isEqualTo(6 * VCPU);
  }

  @Test
  void aLargeRunIsPassedForAWhileAndThenWhatBecomesFreeIsKeptForIt() {
    Crowd busy =
        new Crowd(
            Quotas.ofVcpus(6),
            claim -> Duration.ofSeconds(60 + claim.since().getEpochSecond() % 97));
    for (int i = 0; i < 40; i++) {
      busy.arrive("noisy", VCPU);
    }
    busy.pass(Duration.ofSeconds(10));
    Claim large = busy.arrive("large", 4 * VCPU);
    for (int minute = 0; minute < 12 && !busy.began(large); minute++) {
      for (int i = 0; i < 8; i++) {
        busy.arrive("noisy", VCPU);
      }
      busy.pass(Duration.ofMinutes(1));
    }
    assertThat(busy.began(large)).isTrue();
    assertThat(busy.waited(large)).isLessThan(Duration.ofMinutes(9));
    assertThat(busy.waiting()).isPositive();
  }

  @Test
  void pastAReservationGoOnlyProjectsThatHoldNothingAndNotMoreThanIsKept() {
    crowd.arrive("noisy", 3 * VCPU);
    crowd.decide();
    Claim large = crowd.arrive("large", 4 * VCPU);
    crowd.decide();
    crowd.now = crowd.now.plus(Turn.RESERVES);
    crowd.arrive("noisy", VCPU);
    Claim small = crowd.arrive("small", VCPU);
    assertThat(crowd.decide()).containsExactly(small);
    crowd.arrive("other", 2 * VCPU);
    assertThat(crowd.decide()).hasSize(1);
    crowd.arrive("third", 4 * VCPU);
    assertThat(crowd.decide()).isEmpty();
    assertThat(crowd.state.pool(ON_DEMAND).turn()).extracting(Turn::claim).isEqualTo(large);
  }

  @Test
  void aFirstRunThatFitsIsNotPassedForLong() {
    crowd.arrive("busy", 5 * VCPU);
    crowd.decide();
    Claim large = crowd.arrive("a", 2 * VCPU);
    Claim small = crowd.arrive("b", VCPU / 2);
    assertThat(crowd.decide()).containsExactly(small);
    crowd.now = crowd.now.plus(LONG);
    crowd.state = Admission.released(crowd.state, crowd.holding.getFirst().claim());
    assertThat(crowd.decide()).containsExactly(large);
  }

  @Test
  void aWithdrawnRunKeepsNothingReserved() {
    crowd.arrive("noisy", 5 * VCPU);
    crowd.decide();
    Claim large = crowd.arrive("large", 4 * VCPU);
    crowd.decide();
    crowd.now = crowd.now.plus(Turn.RESERVES);
    crowd.withdraw(large);
    Claim next = crowd.arrive("noisy", VCPU);
    assertThat(crowd.decide()).containsExactly(next);
    assertThat(crowd.state.pool(ON_DEMAND).turn()).isNull();
  }

  @Test
  void nothingBeginsWhileTheStackIsPausedOrDrained() {
    crowd.arrive("shop", VCPU);
    for (Mode mode : List.of(Mode.PAUSED, Mode.DRAINING)) {
      crowd.state = crowd.state.withMode(mode);
      assertThat(crowd.decide()).isEmpty();
    }
    crowd.state = crowd.state.withMode(Mode.OPEN);
    assertThat(crowd.decide()).hasSize(1);
  }

  @Test
  void runsBeginNoFasterThanTheyCanBeLaunched() {
    Crowd wide = new Crowd(Quotas.ofVcpus(1000), _ -> LONG);
    for (int i = 0; i < 100; i++) {
      wide.arrive("shop", VCPU);
    }
    assertThat(wide.decide()).hasSize(20);
    assertThat(wide.decide()).isEmpty();
    wide.now = wide.now.plusMillis(500);
    assertThat(wide.decide()).hasSize(10);
    wide.now = wide.now.plusSeconds(60);
    assertThat(wide.decide()).hasSize(20);
  }

  @Test
  void aRefusedLaunchLowersTheLimitAndItGrowsBack() {
    for (int i = 0; i < 6; i++) {
      crowd.arrive("shop", VCPU);
    }
    List<Claim> admitted = crowd.decide();
    crowd.state = Admission.refused(crowd.state, admitted.get(5), crowd.quotas, crowd.now);
    crowd.state = Admission.refused(crowd.state, admitted.get(4), crowd.quotas, crowd.now);
    crowd.state = Admission.refused(crowd.state, admitted.get(5), crowd.quotas, crowd.now);
    assertThat(crowd.state.pool(ON_DEMAND).learned())
        .extracting(LearnedLimit::cpuUnits)
        .isEqualTo(4 * VCPU);
    crowd.state = Admission.released(crowd.state, admitted.getFirst());
    crowd.arrive("shop", VCPU);
    assertThat(crowd.decide()).isEmpty();
    crowd.now = crowd.now.plus(LearnedLimit.HOLD).plusSeconds(60);
    assertThat(crowd.decide()).isEmpty();
    crowd.now = crowd.now.plusSeconds(60);
    assertThat(crowd.decide()).hasSize(1);
    assertThat(crowd.state.pool(ON_DEMAND).learned()).isNull();
  }

  @Test
  void theLimitNeverFallsBelowTheSmallestTask() {
    Claim only = crowd.arrive("shop", VCPU);
    crowd.decide();
    crowd.state = Admission.refused(crowd.state, only, crowd.quotas, crowd.now);
    assertThat(crowd.state.pool(ON_DEMAND).learned())
        .extracting(LearnedLimit::cpuUnits)
        .isEqualTo(256);
  }

  @Test
  void aRunLargerThanALoweredQuotaKeepsNobodyElseWaiting() {
    crowd.arrive("large", 8 * VCPU);
    Claim small = crowd.arrive("small", VCPU);
    assertThat(crowd.decide()).containsExactly(small);
    assertThat(crowd.state.pool(ON_DEMAND).turn()).isNull();
  }

  @Test
  void aPeakAboveTheQuotaIsRefusedByTheQuotasName() {
    Quotas quotas = Quotas.ofVcpus(6);
    assertThat(quotas.refusal(new Ticket("shop", ON_DEMAND, 6 * VCPU, null))).isEmpty();
    assertThat(
            quotas
                .refusal(new Ticket("shop", ON_DEMAND, 6 * VCPU + 256, null))
                .orElseThrow()
                .render())
        .isEqualTo(
            "the run needs 6.25 vCPU at one time, and the account may use 6 vCPU (quota"
                + " L-3032A538, \"Fargate On-Demand vCPU resource count\"). Ask for more under"
                + " Service Quotas, AWS Fargate, and then set the stack's VcpuQuota; or give the"
                + " services less CPU and memory.");
    assertThat(quotas.refusal(new Ticket("shop", SPOT, 8 * VCPU, null)).orElseThrow().message())
        .contains("L-36FBB829");
  }

  @Test
  void manyProjectsAreReadInTurnAndNoneIsForgotten() {
    Crowd many = new Crowd(Quotas.ofVcpus(6), _ -> Duration.ofSeconds(30));
    for (int i = 0; i < 200; i++) {
      many.arrive("project-" + i, VCPU);
    }
    many.pass(Duration.ofMinutes(25));
    assertThat(many.waiting()).isZero();
    assertThat(many.state.pool(ON_DEMAND).waiting()).isEmpty();
  }

  @Test
  void whyARunWaitsIsSaid() {
    Claim noisy = crowd.arrive("noisy", 6 * VCPU);
    crowd.decide();
    Claim large = crowd.arrive("large", 4 * VCPU);
    crowd.now = crowd.now.plusSeconds(1);
    Claim small = crowd.arrive("small", VCPU);
    var lines = Map.of(large.line(), List.of(large), small.line(), List.of(small));
    assertThat(WaitReason.of(small, crowd.state, lines, crowd.quotas, crowd.now))
        .isEqualTo(
            "It waits for 1 vCPU on-demand: 6 vCPU of 6 vCPU are in use. One run is before it.");
    assertThat(WaitReason.of(large, crowd.state, lines, crowd.quotas, crowd.now))
        .endsWith("It is the next in order.");
    assertThat(
            WaitReason.of(small, crowd.state.withMode(Mode.PAUSED), lines, crowd.quotas, crowd.now))
        .contains("paused");
    crowd.state = Admission.refused(crowd.state, noisy, crowd.quotas, crowd.now);
    assertThat(WaitReason.of(small, crowd.state, lines, crowd.quotas, crowd.now))
        .contains("of a quota of 6 vCPU that AWS did not give lately");
    Claim huge = new Claim(new RunId("huge"), "x", ON_DEMAND, 8 * VCPU, crowd.now);
    assertThat(WaitReason.of(huge, crowd.state, lines, crowd.quotas, crowd.now))
        .contains("L-3032A538");
  }
}
