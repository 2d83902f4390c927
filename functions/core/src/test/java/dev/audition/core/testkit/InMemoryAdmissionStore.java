package dev.audition.core.testkit;

import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionStore;
import dev.audition.core.run.admission.AdmittedRun;
import dev.audition.core.run.admission.Claim;
import dev.audition.core.run.admission.Line;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Admission in memory; safe for several threads. */
public final class InMemoryAdmissionStore implements AdmissionStore {
  private final Map<Line, SortedSet<Claim>> lines = new HashMap<>();
  private final SequencedMap<RunId, AdmittedRun> admitted = new LinkedHashMap<>();
  private AdmissionState state = AdmissionState.EMPTY;

  @Override
  public synchronized AdmissionState load() {
    return state;
  }

  private SortedSet<Claim> line(Line line) {
    return lines.computeIfAbsent(line, _ -> new TreeSet<>(Claim.BY_AGE));
  }

  @Override
  public synchronized boolean enqueue(Claim claim) {
    if (admitted.containsKey(claim.run()) || !line(claim.line()).add(claim)) {
      return false;
    }
    state = state.withWaiting(claim.line()).withVersion(state.version() + 1);
    return true;
  }

  @Override
  public synchronized void withdraw(Claim claim) {
    line(claim.line()).remove(claim);
  }

  @Override
  public synchronized List<Claim> front(Line line, int limit) {
    return line(line).stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<AdmittedRun> admitted(RunId run) {
    return Optional.ofNullable(admitted.get(run));
  }

  @Override
  public synchronized List<AdmittedRun> admitted() {
    return List.copyOf(admitted.values());
  }

  @Override
  public synchronized boolean commit(AdmissionState next, long expectedVersion, Changes changes) {
    boolean allWait =
        changes.admitted().stream()
            .allMatch(
                run ->
                    line(run.claim().line()).contains(run.claim())
                        && !admitted.containsKey(run.run()));
    if (state.version() != expectedVersion || !allWait) {
      return false;
    }
    state = next.withVersion(expectedVersion + 1);
    changes.released().forEach(run -> Objects.requireNonNull(admitted.remove(run)));
    for (AdmittedRun run : changes.admitted()) {
      line(run.claim().line()).remove(run.claim());
      admitted.put(run.run(), run);
    }
    return true;
  }
}
