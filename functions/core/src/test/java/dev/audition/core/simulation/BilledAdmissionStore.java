package dev.audition.core.simulation;

import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionStore;
import dev.audition.core.run.admission.AdmittedRun;
import dev.audition.core.run.admission.Claim;
import dev.audition.core.run.admission.Line;
import dev.audition.core.testkit.InMemoryAdmissionStore;
import java.util.List;
import java.util.Optional;

/** Admission in memory, with what each access would cost. */
final class BilledAdmissionStore implements AdmissionStore {
  /** Of a run's item, in a page that counts as a read for each 4 KB. */
  private static final double RUN_KILOBYTES = 0.15;

  private static final double READ_KILOBYTES = 4;

  private final InMemoryAdmissionStore store = new InMemoryAdmissionStore();
  private final Ledger ledger;

  BilledAdmissionStore(Ledger ledger) {
    this.ledger = ledger;
  }

  private void page(int runs) {
    ledger.reads(Math.max(1, Math.ceil(runs * RUN_KILOBYTES / READ_KILOBYTES)));
  }

  @Override
  public AdmissionState load() {
    ledger.reads(1);
    return store.load();
  }

  @Override
  public boolean enqueue(Claim claim) {
    ledger.write("enqueue");
    return store.enqueue(claim);
  }

  @Override
  public void withdraw(Claim claim) {
    ledger.write("withdraw");
    store.withdraw(claim);
  }

  @Override
  public List<Claim> front(Line line, int limit) {
    List<Claim> front = store.front(line, limit);
    page(front.size());
    return front;
  }

  @Override
  public Optional<AdmittedRun> admitted(RunId run) {
    ledger.reads(1);
    return store.admitted(run);
  }

  @Override
  public List<AdmittedRun> admitted() {
    List<AdmittedRun> admitted = store.admitted();
    page(admitted.size());
    return admitted;
  }

  /** One transaction: each item counts twice. */
  @Override
  public boolean commit(AdmissionState next, long expectedVersion, Changes changes) {
    int moved = 2 * changes.admitted().size() + changes.released().size();
    ledger.writes(2 * (ledger.stateKilobytes() + moved));
    return store.commit(next, expectedVersion, changes);
  }
}
