package dev.audition.core.run;

import dev.audition.core.run.port.ForwardingRunStore;
import dev.audition.core.run.port.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A store that lists runs as due which are not there any more, before those that are. */
final class MissingRuns extends ForwardingRunStore {
  private final List<RunId> missing;

  /**
   * Make one.
   *
   * @param store has all others
   */
  MissingRuns(RunStore store, List<RunId> missing) {
    super(store);
    this.missing = List.copyOf(missing);
  }

  @Override
  public List<RunId> active(Instant now) {
    List<RunId> all = new ArrayList<>(missing);
    all.addAll(super.active(now));
    return all;
  }
}
