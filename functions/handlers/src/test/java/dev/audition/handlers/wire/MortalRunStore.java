package dev.audition.handlers.wire;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store around whose writes functions die. */
record MortalRunStore(RunStore store, Deaths deaths) implements RunStore {
  @Override
  public boolean create(Run run) {
    return deaths.around("create", () -> store.create(run));
  }

  @Override
  public Optional<Run> load(RunId id) {
    return deaths.around("load", () -> store.load(id));
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    return deaths.around("commit", () -> store.commit(next, expectedVersion));
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
    deaths.around("putText", () -> store.putText(id, name, text));
  }

  @Override
  public Optional<String> text(RunId id, String name) {
    return store.text(id, name);
  }
}
