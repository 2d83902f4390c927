package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which runs begin next. Pure: the same state, lines, quotas and moment give the same answer,
 * whatever order the lines are handed in.
 *
 * <p>The project that holds least goes first, then whoever came first. A run is admitted with all
 * it needs at one time, or not at all; see {@link Turn} for how a large one gets through.
 */
public final class Admission {
  /** How many of the next runs in order are looked at for one that fits best. */
  public static final int WINDOW = 32;

  /** How many lines are read for one decision; the others come first in later ones. */
  static final int MOST_LINES = 64;

  /** How many runs one decision admits. */
  static final int MOST_ADMITTED = 20;

  /** A refused launch is tried again within two minutes; one of which nothing is heard is over. */
  private static final Duration REFUSALS_COUNT_FOR = Duration.ofSeconds(150);

  private static final int SMALLEST_TASK = 256;

  /**
   * What is decided.
   *
   * @param next the state it leads to
   * @param admitted in the order in which they may begin
   */
  public record Decision(AdmissionState next, List<Claim> admitted) {
    public Decision {
      admitted = List.copyOf(admitted);
    }
  }

  private Admission() {}

  /** Return the lines a decision must know; none if nothing could be admitted whoever waits. */
  public static List<Line> toRead(AdmissionState state, Quotas quotas, Instant now) {
    if (state.mode() != AdmissionState.Mode.OPEN || launches(state, quotas, now) == 0) {
      return List.of();
    }
    return pools(state)
        .filter(pool -> free(state, pool, quotas, now) >= SMALLEST_TASK)
        .flatMap(pool -> lines(state, pool))
        .toList();
  }

  /** Where there are too many, those of projects that hold least, each version other ones. */
  private static Stream<Line> lines(AdmissionState state, CapacityPool pool) {
    PoolState known = state.pool(pool);
    List<String> projects = new ArrayList<>(known.waiting());
    if (projects.size() > MOST_LINES) {
      int shift = (int) (state.version() % projects.size());
      Collections.rotate(projects, -shift);
      projects.sort(Comparator.comparingInt(known::heldBy));
      Turn turn = known.turn();
      if (turn != null && projects.remove(turn.claim().project())) {
        projects.addFirst(turn.claim().project());
      }
    }
    return projects.stream().limit(MOST_LINES).map(project -> new Line(pool, project));
  }

  /**
   * Decide.
   *
   * @param fronts by line, its oldest claims; one shorter than {@link #WINDOW} is the whole line
   */
  public static Decision decide(
      AdmissionState state, Map<Line, List<Claim>> fronts, Quotas quotas, Instant now) {
    if (state.mode() != AdmissionState.Mode.OPEN) {
      return new Decision(state, List.of());
    }
    AdmissionState next = state;
    List<Claim> admitted = new ArrayList<>();
    int launches = Math.min(MOST_ADMITTED, launches(state, quotas, now));
    for (CapacityPool pool : pools(state).toList()) {
      int allowed = LearnedLimit.allowed(state.pool(pool).learned(), quotas.of(pool), now);
      PoolAdmission work = new PoolAdmission(state.pool(pool), pool, fronts, allowed);
      admitted.addAll(work.admit(launches - admitted.size(), now));
      next = next.with(pool, work.result(quotas.of(pool)));
    }
    next =
        next.withLaunchesSpentUntil(
            quotas.launchRate().spend(state.launchesSpentUntil(), admitted.size(), now));
    return new Decision(next, admitted);
  }

  /** Each pool is the first in turn, so that neither uses up the launch rate of the other. */
  private static Stream<CapacityPool> pools(AdmissionState state) {
    List<CapacityPool> pools = List.of(CapacityPool.values());
    return state.version() % 2 == 0 ? pools.stream() : pools.reversed().stream();
  }

  private static int launches(AdmissionState state, Quotas quotas, Instant now) {
    return quotas.launchRate().free(state.launchesSpentUntil(), now);
  }

  /** Return the CPU units of a pool that are free by what is known. */
  static int free(AdmissionState state, CapacityPool pool, Quotas quotas, Instant now) {
    PoolState known = state.pool(pool);
    return LearnedLimit.allowed(known.learned(), quotas.of(pool), now) - known.inUse();
  }

  /** A run is over: give back what it held. */
  static AdmissionState released(AdmissionState state, Claim claim) {
    return state.with(claim.pool(), state.pool(claim.pool()).minus(claim));
  }

  /**
   * A launch was refused for want of capacity: what admitted runs hold beyond those that were
   * refused is all there is to be had for now.
   */
  static AdmissionState refused(AdmissionState state, Claim claim, Quotas quotas, Instant now) {
    PoolState known = state.pool(claim.pool());
    int allowed = LearnedLimit.allowed(known.learned(), quotas.of(claim.pool()), now);
    PoolState next =
        known.refused(
            claim.run(),
            new PoolState.Refusal(claim.cpuUnits(), now),
            now.minus(REFUSALS_COUNT_FOR));
    int refused = next.refusals().values().stream().mapToInt(PoolState.Refusal::cpuUnits).sum();
    int had = Math.max(SMALLEST_TASK, known.inUse() - refused);
    return state.with(
        claim.pool(), next.withLearned(new LearnedLimit(Math.min(allowed, had), now)));
  }

  /** Return the runs in the order in which they would begin if all of them fitted. */
  static List<RunId> order(AdmissionState state, Map<Line, List<Claim>> fronts, CapacityPool pool) {
    return new PoolAdmission(state.pool(pool), pool, fronts, Integer.MAX_VALUE)
        .order(Integer.MAX_VALUE).stream().map(Claim::run).toList();
  }
}
