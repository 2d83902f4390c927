package dev.audition.handlers.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Kills functions at random, before or after something they ask of the account. A death is an error
 * that nobody catches, so whatever the function had in memory is gone.
 */
public final class Deaths {
  /** The end of a function's process. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    private Death(String where) {
      super("killed " + where, null, false, false);
    }
  }

  private final Random chance;
  private final double rate;
  private final Map<String, Integer> happened = new TreeMap<>();
  private final Set<String> next = new HashSet<>();
  private volatile boolean over;

  /**
   * Make one.
   *
   * @param rate how probable a death is at each point
   */
  public Deaths(long seed, double rate) {
    this.chance = new Random(seed);
    this.rate = rate;
  }

  /** Kill whoever comes to one of these points first, such as {@code after RunTask}. */
  public synchronized Deaths next(String... points) {
    next.addAll(List.of(points));
    return this;
  }

  /** Kill no more. */
  public void end() {
    over = true;
  }

  /** Return how many died where. */
  public synchronized Map<String, Integer> happened() {
    return new TreeMap<>(happened);
  }

  /** Kill whoever is here, or not. */
  synchronized void perhaps(String where) {
    if (!over && (next.remove(where) || chance.nextDouble() < rate)) {
      happened.merge(where, 1, Integer::sum);
      throw new Death(where);
    }
  }
}
