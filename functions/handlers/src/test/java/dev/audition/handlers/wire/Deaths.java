package dev.audition.handlers.wire;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Kills functions at random, before or after something they do in the world. A death is an error
 * that nobody catches, so whatever the function had in memory is gone.
 */
final class Deaths {
  /** The end of a function's process. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    private Death(String where) {
      super("killed " + where, null, false, false);
    }
  }

  private final Random chance;
  private final double rate;
  private final Map<String, Integer> happened = new TreeMap<>();
  private volatile boolean over;

  /**
   * Make one.
   *
   * @param rate how probable a death is at each point
   */
  Deaths(long seed, double rate) {
    this.chance = new Random(seed);
    this.rate = rate;
  }

  /** Do something, unless the function dies before; it may die after it, too. */
  <T> T around(String what, Supplier<T> doing) {
    perhaps("before " + what);
    T done = doing.get();
    perhaps("after " + what);
    return done;
  }

  /** Do something, unless the function dies before; it may die after it, too. */
  void around(String what, Runnable doing) {
    perhaps("before " + what);
    doing.run();
    perhaps("after " + what);
  }

  /** Kill no more. */
  void end() {
    over = true;
  }

  /** Return how many died where. */
  synchronized Map<String, Integer> happened() {
    return new TreeMap<>(happened);
  }

  private synchronized void perhaps(String where) {
    if (!over && chance.nextDouble() < rate) {
      happened.merge(where, 1, Integer::sum);
      throw new Death(where);
    }
  }
}
