package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.AdmissionStore.Changes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Lets runs in: load, decide, commit; a lost race is decided anew. Whoever calls it may die at any
 * point: nothing is admitted twice, and {@link RunQueue#sweep} finds what was left half done.
 */
public final class AdmissionService {
  private static final int MOST_CONFLICTS = 50;

  /** Nobody counts further than this. */
  private static final int MOST_SHOWN = 1000;

  private final AdmissionStore store;
  private final Quotas quotas;
  private final InstantSource clock;
  private final Backoff backoff;

  /** Make one. */
  public AdmissionService(
      AdmissionStore store, Quotas quotas, InstantSource clock, Backoff backoff) {
    this.store = store;
    this.quotas = quotas;
    this.clock = clock;
    this.backoff = backoff;
  }

  /** Return what the account allows. */
  public Quotas quotas() {
    return quotas;
  }

  /** Return the state as it is now. */
  public AdmissionState state() {
    return store.load();
  }

  /** Put a run in its line, whether it is stored yet or not; twice does no harm. */
  public void enqueue(Run run) {
    Claim.of(run).ifPresent(this::enqueue);
  }

  /** Put a claim in its line; twice does no harm. */
  public void enqueue(Claim claim) {
    store.enqueue(claim);
  }

  /** Take a run that will not begin out of its line. */
  public void withdraw(Run run) {
    Claim.of(run).ifPresent(store::withdraw);
  }

  /** Admit whoever may begin now; return them in the order in which they may. */
  public List<RunId> admit() {
    return releaseAndAdmit(List.of());
  }

  /**
   * Give back what runs held that are over, and admit whoever may begin now. A run that holds
   * nothing is none the worse for it.
   */
  public List<RunId> releaseAndAdmit(Collection<RunId> over) {
    List<RunId> left = new ArrayList<>(new LinkedHashSet<>(over));
    List<RunId> admitted = new ArrayList<>();
    do {
      int most = Changes.MOST - Admission.MOST_ADMITTED;
      List<RunId> some = List.copyOf(left.subList(0, Math.min(most, left.size())));
      left.subList(0, some.size()).clear();
      admitted.addAll(once(some));
    } while (!left.isEmpty());
    return admitted;
  }

  private List<RunId> once(List<RunId> over) {
    for (int lost = 0; lost < MOST_CONFLICTS; lost++) {
      if (lost > 0) {
        backoff.pause(lost);
      }
      Instant now = clock.instant();
      AdmissionState loaded = store.load();
      AdmissionState state = loaded;
      List<RunId> released = new ArrayList<>();
      for (RunId run : over) {
        Optional<AdmittedRun> held = store.admitted(run);
        if (held.isPresent()) {
          state = Admission.released(state, held.get().claim());
          released.add(run);
        }
      }
      Admission.Decision decision =
          Admission.decide(state, fronts(Admission.toRead(state, quotas, now)), quotas, now);
      if (released.isEmpty() && !matters(loaded, decision)) {
        return List.of();
      }
      List<AdmittedRun> admitted =
          decision.admitted().stream().map(claim -> new AdmittedRun(claim, now)).toList();
      if (store.commit(next(decision, loaded), loaded.version(), new Changes(admitted, released))) {
        return admitted.stream().map(AdmittedRun::run).toList();
      }
      withdrawAdmitted(decision.admitted());
    }
    throw lostTooOften();
  }

  private static AdmissionState next(Admission.Decision decision, AdmissionState loaded) {
    return decision.next().withVersion(loaded.version() + 1);
  }

  /** A limit that has grown back is forgotten along with the next change, not by one of its own. */
  private static boolean matters(AdmissionState loaded, Admission.Decision decision) {
    if (!decision.admitted().isEmpty()) {
      return true;
    }
    for (CapacityPool pool : CapacityPool.values()) {
      PoolState next = decision.next().pool(pool).withLearned(loaded.pool(pool).learned());
      if (!next.equals(loaded.pool(pool))) {
        return true;
      }
    }
    return false;
  }

  private Map<Line, List<Claim>> fronts(List<Line> lines) {
    Map<Line, List<Claim>> fronts = new LinkedHashMap<>();
    Set<RunId> seen = new HashSet<>();
    for (Line line : lines) {
      List<Claim> claims = new ArrayList<>();
      for (Claim claim : store.front(line, Admission.WINDOW)) {
        if (seen.add(claim.run())) {
          claims.add(claim);
        } else {
          store.withdraw(claim);
        }
      }
      fronts.put(line, claims);
    }
    return fronts;
  }

  /**
   * A request that comes to two functions at once stands in line twice, each time with its own age.
   * When it has been let in by one place, the other must go, or nobody could ever be let in again.
   */
  private void withdrawAdmitted(List<Claim> claims) {
    for (Claim claim : claims) {
      if (store.admitted(claim.run()).isPresent()) {
        store.withdraw(claim);
      }
    }
  }

  /** A launch of a run was refused for want of capacity: admit less for a while. */
  public void refused(RunId run) {
    Optional<AdmittedRun> held = store.admitted(run);
    if (held.isPresent()) {
      change(state -> Admission.refused(state, held.get().claim(), quotas, clock.instant()));
    }
  }

  /** Let runs in, or no longer. */
  public AdmissionState switchTo(Mode mode) {
    return change(state -> state.withMode(mode));
  }

  /** Return whether a run was admitted and has not been released. */
  public boolean holds(RunId run) {
    return store.admitted(run).isPresent();
  }

  /**
   * Return all that hold something, having set the units in the state right, should they ever
   * differ from that.
   */
  List<AdmittedRun> reconciled() {
    for (int lost = 0; lost < MOST_CONFLICTS; lost++) {
      AdmissionState loaded = store.load();
      List<AdmittedRun> admitted = store.admitted();
      Map<CapacityPool, SortedMap<String, Integer>> held = heldBy(admitted);
      AdmissionState next = loaded.withVersion(loaded.version() + 1);
      for (CapacityPool pool : CapacityPool.values()) {
        SortedMap<String, Integer> units = held.getOrDefault(pool, new TreeMap<>());
        next = next.with(pool, loaded.pool(pool).withHeld(units));
      }
      // a list that is newer than the state differs too; then the version has moved on
      if (next.pools().equals(loaded.pools())
          || store.commit(next, loaded.version(), Changes.NONE)) {
        return admitted;
      }
      backoff.pause(lost + 1);
    }
    throw lostTooOften();
  }

  /** Say why a run waits, in one sentence; empty if it does not wait. */
  public Optional<String> whyWaiting(Run run) {
    Optional<Claim> claim = Claim.of(run).filter(_ -> run.status() == RunStatus.QUEUED);
    if (claim.isEmpty() || holds(run.id())) {
      return claim.map(_ -> "It is about to begin.");
    }
    AdmissionState state = store.load();
    Map<Line, List<Claim>> lines = new LinkedHashMap<>();
    CapacityPool pool = claim.get().pool();
    for (String project : state.pool(pool).waiting()) {
      Line line = new Line(pool, project);
      lines.put(line, store.front(line, MOST_SHOWN));
    }
    return Optional.of(WaitReason.of(claim.get(), state, lines, quotas, clock.instant()));
  }

  private static Map<CapacityPool, SortedMap<String, Integer>> heldBy(List<AdmittedRun> admitted) {
    Map<CapacityPool, SortedMap<String, Integer>> held = new LinkedHashMap<>();
    for (AdmittedRun run : admitted) {
      Claim claim = run.claim();
      if (claim.cpuUnits() > 0) {
        held.computeIfAbsent(claim.pool(), _ -> new TreeMap<>())
            .merge(claim.project(), claim.cpuUnits(), Integer::sum);
      }
    }
    return held;
  }

  private AdmissionState change(UnaryOperator<AdmissionState> how) {
    for (int lost = 0; lost < MOST_CONFLICTS; lost++) {
      if (lost > 0) {
        backoff.pause(lost);
      }
      AdmissionState loaded = store.load();
      AdmissionState next = how.apply(loaded);
      if (next.equals(loaded)) {
        return loaded;
      }
      AdmissionState stored = next.withVersion(loaded.version() + 1);
      if (store.commit(stored, loaded.version(), Changes.NONE)) {
        return stored;
      }
    }
    throw lostTooOften();
  }

  private static IllegalStateException lostTooOften() {
    return new IllegalStateException(
        "commits of the admission state: %d lost in a row (expected: one to win)"
            .formatted(MOST_CONFLICTS));
  }
}
