package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is decided by; small, whatever the number of waiting and admitted runs.
 *
 * @param version grows by one with every change
 * @param pools every pool
 * @param launchesSpentUntil the moment up to which the launch rate is used up
 */
public record AdmissionState(
    long version, Mode mode, Map<CapacityPool, PoolState> pools, Instant launchesSpentUntil) {
  /** Before anything was ever stored. */
  public static final AdmissionState EMPTY =
      new AdmissionState(0, Mode.OPEN, Map.of(), Instant.EPOCH);

  /** Whether runs are let in. */
  public enum Mode {
    /** They are. */
    OPEN,
    /** What waits goes on waiting. */
    PAUSED,
    /** As paused, and somebody waits until nothing runs any more. */
    DRAINING
  }

  public AdmissionState {
    EnumMap<CapacityPool, PoolState> all = new EnumMap<>(CapacityPool.class);
    for (CapacityPool pool : CapacityPool.values()) {
      all.put(pool, pools.getOrDefault(pool, PoolState.EMPTY));
    }
    pools = Collections.unmodifiableMap(all);
  }

  /** Return how a pool is used. */
  public PoolState pool(CapacityPool pool) {
    return Objects.requireNonNull(pools.get(pool));
  }

  /** Return whether nothing is admitted. */
  public boolean idle() {
    return pools.values().stream().allMatch(pool -> pool.held().isEmpty());
  }

  /** Return this at another version. */
  public AdmissionState withVersion(long other) {
    return new AdmissionState(other, mode, pools, launchesSpentUntil);
  }

  /** Return this in another mode. */
  public AdmissionState withMode(Mode other) {
    return new AdmissionState(version, other, pools, launchesSpentUntil);
  }

  /** Return this with one more line in which somebody may wait. */
  public AdmissionState withWaiting(Line line) {
    return with(line.pool(), pool(line.pool()).withWaiting(line.project()));
  }

  AdmissionState with(CapacityPool pool, PoolState state) {
    EnumMap<CapacityPool, PoolState> changed = new EnumMap<>(CapacityPool.class);
    changed.putAll(pools);
    changed.put(pool, state);
    return new AdmissionState(version, mode, changed, launchesSpentUntil);
  }

  AdmissionState withLaunchesSpentUntil(Instant time) {
    return new AdmissionState(version, mode, pools, time);
  }
}
