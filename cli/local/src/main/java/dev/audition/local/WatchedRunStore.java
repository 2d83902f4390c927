package dev.audition.local;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells somebody of each state of a run that was committed by this process. */
record WatchedRunStore(RunStore store, Consumer<Run> watcher) implements RunStore {
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
    boolean committed = store.commit(next, expectedVersion);
    if (committed) {
      watcher.accept(next);
    }
    return committed;
  }

  @Override
  public List<RunId> active(Instant now) {
    return store.active(now);
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
