package dev.audition.core.run;

import dev.audition.core.hook.HookKind;
import java.time.Instant;

/**
 * How far the delivery of a hook is.
 *
 * @param step the step's number; 0 for the run
 * @param number among those of the step and kind, 1-based
 * @param queued how often it was handed to the queue
 * @param tries how often it was sent
 * @param detail what the last try came to; empty before the first
 * @param changedAt since when it is so
 */
public record HookDelivery(
    int step,
    HookKind kind,
    int number,
    State state,
    int queued,
    int tries,
    String detail,
    Instant changedAt) {
  private static final int LONGEST_DETAIL = 200;

  /** Where a delivery stands. */
  public enum State {
    /** To be handed to the queue. */
    PENDING("waiting"),
    /** On its way; tried again until it is answered or given up. */
    QUEUED("on its way"),
    /** The receiver took it. */
    DELIVERED("delivered"),
    /** Given up. */
    FAILED("failed");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** Return words for people. */
    public String words() {
      return words;
    }

    /** Return whether nothing more is done about it by itself. */
    public boolean settled() {
      return this == DELIVERED || this == FAILED;
    }
  }

  public HookDelivery {
    detail = detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
  }

  static HookDelivery pending(HookKey key, Instant now) {
    return new HookDelivery(key.step(), key.kind(), key.number(), State.PENDING, 0, 0, "", now);
  }

  /** Return the key of this delivery in a run. */
  public HookKey key(RunId run) {
    return new HookKey(run, step, kind, number);
  }

  HookDelivery again(Instant now) {
    return new HookDelivery(step, kind, number, State.PENDING, queued, tries, detail, now);
  }

  HookDelivery queuedAt(Instant now) {
    return new HookDelivery(step, kind, number, State.QUEUED, queued + 1, tries, detail, now);
  }

  HookDelivery tried(State next, int tried, String words, Instant now) {
    int most = Math.max(tries, tried);
    return new HookDelivery(step, kind, number, next, Math.max(1, queued), most, words, now);
  }

  HookDelivery failed(String why, Instant now) {
    return new HookDelivery(step, kind, number, State.FAILED, queued, tries, why, now);
  }
}
