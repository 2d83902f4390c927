package dev.audition.core.run.port;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that asks another one; who extends it says what it does besides, and where. */
public abstract class ForwardingRunStore implements RunStore {
  private final RunStore store;

  /** Make one that asks a store. */
  protected ForwardingRunStore(RunStore store) {
    this.store = store;
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
  public boolean addText(RunId id, String name, String text) {
    return store.addText(id, name, text);
  }

  @Override
  public Optional<String> text(RunId id, String name) {
    return store.text(id, name);
  }
}
