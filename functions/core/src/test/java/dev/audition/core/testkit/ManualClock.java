package dev.audition.core.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class ManualClock implements InstantSource {
  /** Where every clock begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Move forward. */
  public void advance(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }

  /** Move forward to a moment; one that is over already leaves it where it is. */
  public void advanceTo(Instant time) {
    now.updateAndGet(known -> known.isBefore(time) ? time : known);
  }
}
