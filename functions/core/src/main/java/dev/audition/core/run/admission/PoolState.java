package dev.audition.core.run.admission;

import dev.audition.core.run.RunId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one pool is used.
 *
 * @param held CPU units of admitted runs, by project; a project without any is absent
 * @param waiting projects of which runs may be waiting
 * @param refusals of runs that hold units and whose launch was refused lately
 * @param learned null while nothing was learned
 * @param turn null while nobody was kept waiting at the front
 */
public record PoolState(
    SortedMap<String, Integer> held,
    SortedSet<String> waiting,
    SortedMap<String, Refusal> refusals,
    @Nullable LearnedLimit learned,
    @Nullable Turn turn) {
  /** Nothing holds anything and nobody waits. */
  public static final PoolState EMPTY =
      new PoolState(new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), null, null);

  /**
   * A launch that was refused.
   *
   * @param cpuUnits of its run
   */
  public record Refusal(int cpuUnits, Instant at) {}

  public PoolState {
    held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
    waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
    refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
  }

  /** Return the CPU units of all admitted runs. */
  public int inUse() {
    return held.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Return the CPU units of a project's admitted runs. */
  public int heldBy(String project) {
    return held.getOrDefault(project, 0);
  }

  PoolState withHeld(SortedMap<String, Integer> other) {
    return new PoolState(other, waiting, refusals, learned, turn);
  }

  PoolState plus(Claim claim) {
    return changed(claim, claim.cpuUnits());
  }

  PoolState minus(Claim claim) {
    TreeMap<String, Refusal> left = new TreeMap<>(refusals);
    left.remove(claim.run().value());
    PoolState less = changed(claim, -claim.cpuUnits());
    return new PoolState(less.held, waiting, left, learned, turn);
  }

  private PoolState changed(Claim claim, int by) {
    TreeMap<String, Integer> changed = new TreeMap<>(held);
    changed.merge(claim.project(), by, Integer::sum);
    changed.values().removeIf(units -> units <= 0);
    return withHeld(changed);
  }

  PoolState withWaiting(String project) {
    TreeSet<String> more = new TreeSet<>(waiting);
    more.add(project);
    return new PoolState(held, more, refusals, learned, turn);
  }

  PoolState withoutWaiting(SortedSet<String> projects) {
    TreeSet<String> fewer = new TreeSet<>(waiting);
    fewer.removeAll(projects);
    return new PoolState(held, fewer, refusals, learned, turn);
  }

  PoolState withTurn(@Nullable Turn other) {
    return new PoolState(held, waiting, refusals, learned, other);
  }

  PoolState withLearned(@Nullable LearnedLimit other) {
    return new PoolState(held, waiting, refusals, other, turn);
  }

  PoolState refused(RunId run, Refusal refusal, Instant forget) {
    TreeMap<String, Refusal> known = new TreeMap<>(refusals);
    known.values().removeIf(old -> old.at().isBefore(forget));
    known.put(run.value(), refusal);
    return new PoolState(held, waiting, known, learned, turn);
  }
}
