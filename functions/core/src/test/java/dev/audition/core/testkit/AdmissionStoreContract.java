package dev.audition.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.AdmissionStore;
import dev.audition.core.run.admission.AdmissionStore.Changes;
import dev.audition.core.run.admission.AdmittedRun;
import dev.audition.core.run.admission.Claim;
import dev.audition.core.run.admission.LearnedLimit;
import dev.audition.core.run.admission.Line;
import dev.audition.core.run.admission.PoolState;
import dev.audition.core.run.admission.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AdmissionStore} promises. */
public interface AdmissionStoreContract {
  /** When everything here happens. */
  Instant NOW = ManualClock.START;

  /** Return a store in which nothing was ever stored. */
  AdmissionStore admissionStore();

  /** Return a claim of one vCPU on demand. */
  static Claim claim(String run, String project, int secondsAfter) {
    return new Claim(
        new RunId(run), project, CapacityPool.ON_DEMAND, 1024, NOW.plusSeconds(secondsAfter));
  }

  private static AdmissionState next(AdmissionStore store, Mode mode) {
    AdmissionState loaded = store.load();
    return loaded.withMode(mode).withVersion(loaded.version() + 1);
  }

  private static void admit(AdmissionStore store, Claim claim) {
    AdmissionState loaded = store.load();
    assertThat(
            store.commit(
                loaded.withVersion(loaded.version() + 1),
                loaded.version(),
                new Changes(List.of(new AdmittedRun(claim, NOW)), List.of())))
        .isTrue();
  }

  @Test
  default void beforeAnythingWasStoredItIsOpenAndEmpty() {
    AdmissionStore store = admissionStore();
    assertThat(store.load()).isEqualTo(AdmissionState.EMPTY);
    assertThat(store.admitted()).isEmpty();
    assertThat(store.front(new Line(CapacityPool.SPOT, "shop"), 5)).isEmpty();
  }

  @Test
  default void theWholeStateIsLoadedAsItWasCommitted() {
    AdmissionStore store = admissionStore();
    TreeMap<String, Integer> held = new TreeMap<>(Map.of("shop", 2048, "städte/日本 #1", 256));
    TreeMap<String, PoolState.Refusal> refusals =
        new TreeMap<>(Map.of("run-9", new PoolState.Refusal(512, NOW.plusMillis(7))));
    PoolState spot =
        new PoolState(
            held,
            new TreeSet<>(List.of("a", "b")),
            refusals,
            new LearnedLimit(4096, NOW.plusSeconds(3)),
            new Turn(
                new Claim(new RunId("run-1"), "shop", CapacityPool.SPOT, 4096, NOW),
                NOW.plusSeconds(9),
                512));
    AdmissionState state =
        new AdmissionState(
            1, Mode.DRAINING, Map.of(CapacityPool.SPOT, spot), NOW.plusNanos(50_000_000));
    assertThat(store.commit(state, 0, Changes.NONE)).isTrue();
    assertThat(store.load()).isEqualTo(state);
    AdmissionState emptied = AdmissionState.EMPTY.withVersion(2);
    assertThat(store.commit(emptied, 1, Changes.NONE)).isTrue();
    assertThat(store.load()).isEqualTo(emptied);
  }

  @Test
  default void aCommitUponAnotherVersionChangesNothing() {
    AdmissionStore store = admissionStore();
    store.enqueue(claim("run-1", "shop", 0));
    AdmissionState stale = next(store, Mode.PAUSED);
    store.enqueue(claim("run-2", "shop", 1));
    AdmissionState before = store.load();
    Changes changes =
        new Changes(List.of(new AdmittedRun(claim("run-1", "shop", 0), NOW)), List.of());
    assertThat(store.commit(stale, stale.version() - 1, changes)).isFalse();
    assertThat(store.load()).isEqualTo(before);
    assertThat(store.admitted()).isEmpty();
  }

  @Test
  default void aRunInLineIsSeenAtOnceAndItsLineIsNamed() {
    AdmissionStore store = admissionStore();
    Claim claim = claim("run-1", "shop", 0);
    long before = store.load().version();
    assertThat(store.enqueue(claim)).isTrue();
    assertThat(store.front(claim.line(), 5)).containsExactly(claim);
    assertThat(store.load().pool(CapacityPool.ON_DEMAND).waiting()).containsExactly("shop");
    assertThat(store.load().pool(CapacityPool.SPOT).waiting()).isEmpty();
    assertThat(store.load().version()).isGreaterThan(before);
  }

  @Test
  default void aRunStandsInLineOnceHoweverOftenItComes() {
    AdmissionStore store = admissionStore();
    Claim claim = claim("run-1", "shop", 0);
    store.enqueue(claim);
    assertThat(store.enqueue(claim)).isFalse();
    assertThat(store.front(claim.line(), 5)).containsExactly(claim);
    admit(store, claim);
    assertThat(store.enqueue(claim)).isFalse();
    assertThat(store.front(claim.line(), 5)).isEmpty();
  }

  @Test
  default void aLineBeginsWithTheOldestAndOtherProjectsHaveTheirOwn() {
    AdmissionStore store = admissionStore();
    store.enqueue(claim("b", "shop", 2));
    store.enqueue(claim("c", "shop", 2));
    store.enqueue(claim("a", "shop", 10));
    store.enqueue(claim("d", "shop", 1));
    store.enqueue(claim("e", "shop 2", 0));
    assertThat(store.front(claim("b", "shop", 2).line(), 3))
        .extracting(claim -> claim.run().value())
        .containsExactly("d", "b", "c");
  }

  @Test
  default void aLongLineIsReadFromItsFront() {
    AdmissionStore store = admissionStore();
    IntStream.range(0, 60).forEach(i -> store.enqueue(claim("run-" + i, "shop", 60 - i)));
    assertThat(store.front(claim("x", "shop", 0).line(), 2))
        .extracting(claim -> claim.run().value())
        .containsExactly("run-59", "run-58");
    assertThat(store.front(claim("x", "shop", 0).line(), 1000)).hasSize(60);
  }

  @Test
  default void whoIsAdmittedLeavesTheLineAndHoldsUntilReleased() {
    AdmissionStore store = admissionStore();
    Claim claim = claim("run-1", "shop", 0);
    store.enqueue(claim);
    admit(store, claim);
    assertThat(store.front(claim.line(), 5)).isEmpty();
    AdmittedRun held = new AdmittedRun(claim, NOW);
    assertThat(store.admitted(claim.run())).contains(held);
    assertThat(store.admitted()).containsExactly(held);
    AdmissionState next = next(store, Mode.OPEN);
    Changes release = new Changes(List.of(), List.of(claim.run()));
    assertThat(store.commit(next, next.version() - 1, release)).isTrue();
    assertThat(store.admitted()).isEmpty();
    assertThat(store.admitted(claim.run())).isEmpty();
  }

  @Test
  default void whoWasWithdrawnIsNotAdmittedAnyMore() {
    AdmissionStore store = admissionStore();
    Claim claim = claim("run-1", "shop", 0);
    store.enqueue(claim);
    AdmissionState next = next(store, Mode.OPEN);
    store.withdraw(claim);
    store.withdraw(claim);
    Changes changes = new Changes(List.of(new AdmittedRun(claim, NOW)), List.of());
    assertThat(store.commit(next, next.version() - 1, changes)).isFalse();
    assertThat(store.admitted()).isEmpty();
  }

  @Test
  default void asManyRunsMoveAtOnceAsOneCommitMay() {
    AdmissionStore store = admissionStore();
    List<AdmittedRun> runs =
        IntStream.range(0, Changes.MOST)
            .mapToObj(i -> new AdmittedRun(claim("run-" + i, "shop", i), NOW))
            .toList();
    runs.forEach(run -> store.enqueue(run.claim()));
    AdmissionState next = next(store, Mode.OPEN);
    assertThat(store.commit(next, next.version() - 1, new Changes(runs, List.of()))).isTrue();
    assertThat(store.admitted()).containsExactlyInAnyOrderElementsOf(runs);
  }
}
