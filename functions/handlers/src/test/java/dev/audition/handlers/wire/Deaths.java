package dev.audition.handlers.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
  private final Map<String, Runnable> next = new HashMap<>();
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
  public Deaths next(String... points) {
    for (String point : points) {
      meanwhile(
          point,
          () -> {
            throw new Death(point);
          });
    }
    return this;
  }

  /** Let something else happen while the first one is at a point. */
  public synchronized void meanwhile(String point, Runnable event) {
    next.put(point, event);
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
  void perhaps(String where) {
    Optional<Runnable> event = due(where);
    try {
      event.ifPresent(Runnable::run);
    } catch (Death death) {
      count(where);
      throw death;
    }
  }

  private synchronized Optional<Runnable> due(String where) {
    if (over) {
      return Optional.empty();
    }
    Runnable planned = next.remove(where);
    if (planned != null) {
      return Optional.of(planned);
    }
    return chance.nextDouble() < rate
        ? Optional.of(
            () -> {
              throw new Death(where);
            })
        : Optional.empty();
  }

  private synchronized void count(String where) {
    happened.merge(where, 1, Integer::sum);
  }
}
