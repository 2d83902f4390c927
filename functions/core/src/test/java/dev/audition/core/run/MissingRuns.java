package dev.audition.core.run;

import dev.audition.core.run.port.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store that lists runs as due which are not there any more, before those that are.
 *
 * @param store has all others
 */
record MissingRuns(RunStore store, List<RunId> missing) implements RunStore {
  @Override
  public List<RunId> active(Instant now) {
    List<RunId> all = new ArrayList<>(missing);
    all.addAll(store.active(now));
    return all;
  }

  @Override
  public boolean create(Run run) {
    return store.create(run);
  }

  @Override
  public Optional<Run> load(RunId id) {
    return store.load(id);
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    return store.commit(next, expectedVersion);
  }

  @Override
  public List<RunId> newest(int limit) {
    return store.newest(limit);
  }

  @Override
  public void putText(RunId id, String name, String text) {
    store.putText(id, name, text);
  }

  @Override
  public Optional<String> text(RunId id, String name) {
    return store.text(id, name);
  }
}
