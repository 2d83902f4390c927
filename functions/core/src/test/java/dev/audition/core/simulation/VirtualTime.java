package dev.audition.core.simulation;

import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one thing that happens to the next. */
final class VirtualTime implements InstantSource {
  private record Happening(Instant at, long order, Runnable what) {
    static final Comparator<Happening> FIRST =
        Comparator.comparing(Happening::at).thenComparingLong(Happening::order);
  }

  private final PriorityQueue<Happening> ahead = new PriorityQueue<>(Happening.FIRST);
  private Instant now = ManualClock.START;
  private long count;

  @Override
  public Instant instant() {
    return now;
  }

  void in(Duration delay, Runnable what) {
    ahead.add(new Happening(now.plus(delay), count++, what));
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** Let the next thing happen; false if nothing lies ahead. */
  boolean step() {
    Happening next = ahead.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.what().run();
    return true;
  }
}
