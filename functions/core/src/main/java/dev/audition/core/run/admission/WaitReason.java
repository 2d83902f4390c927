package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Why a run waits, for people. */
final class WaitReason {
  private WaitReason() {}

  /** Say it in one or two sentences. */
  static String of(
      Claim claim, AdmissionState state, Map<Line, List<Claim>> lines, Quotas quotas, Instant now) {
    String needs = "It waits for " + Ticket.vcpus(claim.cpuUnits()) + " " + claim.pool().label();
    switch (state.mode()) {
      case PAUSED, DRAINING -> {
        return needs + ": the stack is paused, and no run begins until it is resumed.";
      }
      case OPEN -> {}
    }
    CapacityPool pool = claim.pool();
    int quota = quotas.of(pool);
    if (claim.cpuUnits() > quota) {
      return "%s, and the account may use %s (quota %s, \"%s\"): it begins when that is raised."
          .formatted(needs, Ticket.vcpus(quota), pool.quotaCode(), pool.quotaName());
    }
    return "%s: %s. %s.".formatted(needs, use(state, pool, quota, now), place(claim, state, lines));
  }

  private static String use(AdmissionState state, CapacityPool pool, int quota, Instant now) {
    int allowed = LearnedLimit.allowed(state.pool(pool).learned(), quota, now);
    String use = Ticket.vcpus(state.pool(pool).inUse()) + " of " + Ticket.vcpus(allowed);
    return allowed < quota
        ? use
            + " are in use, of a quota of "
            + Ticket.vcpus(quota)
            + " that AWS did not give lately"
        : use + " are in use";
  }

  private static String place(Claim claim, AdmissionState state, Map<Line, List<Claim>> lines) {
    int before = Admission.order(state, lines, claim.pool()).indexOf(claim.run());
    Turn turn = state.pool(claim.pool()).turn();
    if (before < 0) {
      return "Many runs are before it";
    }
    if (before == 0) {
      return "It is the next in order";
    }
    String many = before == 1 ? "One run is before it" : before + " runs are before it";
    return turn == null || turn.claim().cpuUnits() <= claim.cpuUnits()
        ? many
        : "%s; the first, %s, needs %s at one time"
            .formatted(many, turn.claim().run(), Ticket.vcpus(turn.claim().cpuUnits()));
  }
}
