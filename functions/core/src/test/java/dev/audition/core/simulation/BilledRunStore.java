package dev.audition.core.simulation;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.testkit.InMemoryRunStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs in memory, with what each access would cost. */
final class BilledRunStore implements RunStore {
  private final InMemoryRunStore store = new InMemoryRunStore();
  private final Ledger ledger;

  BilledRunStore(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean create(Run run) {
    ledger.write("runCreate");
    return store.create(run);
  }

  @Override
  public Optional<Run> load(RunId id) {
    ledger.reads(1);
    return store.load(id);
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    ledger.write("runCommit");
    return store.commit(next, expectedVersion);
  }

  @Override
  public List<RunId> active(Instant now) {
    ledger.reads(1);
    return store.active(now);
  }

  @Override
  public List<RunId> newest(int limit) {
    ledger.reads(1);
    return store.newest(limit);
  }

  @Override
  public void putText(RunId id, String name, String text) {
    ledger.write("runText");
    store.putText(id, name, text);
  }

  @Override
  public boolean addText(RunId id, String name, String text) {
    ledger.write("runText");
    return store.addText(id, name, text);
  }

  @Override
  public Optional<String> text(RunId id, String name) {
    ledger.reads(1);
    return store.text(id, name);
  }
}
