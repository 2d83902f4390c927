package dev.audition.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunEvent;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunMachine;
import dev.audition.core.run.StepSettings;
import dev.audition.core.run.port.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link RunStore} promises. */
public interface RunStoreContract {
  /** A step of one candidate. */
  StepSettings STEP =
      new StepSettings(
          1,
          "integration",
          StepSettings.Kind.COMPOSITION,
          Duration.ofMinutes(10),
          true,
          false,
          List.of("tests"),
          "");

  /** Return a store without runs. */
  RunStore store();

  /** Return a queued run. */
  static Run queued(String id, Instant createdAt) {
    return Run.of(new RunId(id), "audition.yml", Duration.ofHours(1), List.of(STEP), createdAt);
  }

  /** Return the same run, begun, at its next version. */
  static Run begun(Run run) {
    Run next = RunMachine.apply(run, new RunEvent.Started(), ManualClock.START).next();
    return next.withVersion(run.version() + 1);
  }

  @Test
  default void whatIsCreatedIsLoadedAsItWas() {
    RunStore store = store();
    Run run = queued("run-1", ManualClock.START);
    assertThat(store.create(run)).isTrue();
    assertThat(store.load(run.id())).contains(run);
  }

  @Test
  default void aRunThatNobodyCreatedIsNotThere() {
    assertThat(store().load(new RunId("nobody"))).isEmpty();
  }

  @Test
  default void aSecondRunOfTheSameIdIsNotCreated() {
    RunStore store = store();
    Run run = queued("run-1", ManualClock.START);
    store.create(run);
    Run begun = begun(run);
    store.commit(begun, run.version());
    assertThat(store.create(run)).isFalse();
    assertThat(store.load(run.id())).contains(begun);
  }

  @Test
  default void aCommitIsLoadedAsItWas() {
    RunStore store = store();
    Run run = queued("run-1", ManualClock.START);
    store.create(run);
    Run begun = begun(run);
    assertThat(store.commit(begun, run.version())).isTrue();
    assertThat(store.load(run.id())).contains(begun);
  }

  @Test
  default void aCommitUponAnotherVersionChangesNothing() {
    RunStore store = store();
    Run run = queued("run-1", ManualClock.START);
    store.create(run);
    Run first = begun(run);
    store.commit(first, run.version());
    assertThat(store.commit(first.withVersion(2), run.version())).isFalse();
    assertThat(store.load(run.id())).contains(first);
  }

  @Test
  default void aRunThatWasNotCreatedIsNotCommitted() {
    RunStore store = store();
    Run run = queued("run-1", ManualClock.START);
    assertThat(store.commit(begun(run), run.version())).isFalse();
    assertThat(store.load(run.id())).isEmpty();
  }

  @Test
  default void onlyRunsWhoseCheckIsDueAreActiveAndTheLongestDueIsFirst() {
    RunStore store = store();
    Instant now = ManualClock.START;
    store.create(queued("later", now.plusSeconds(1)));
    store.create(queued("now", now));
    store.create(queued("before", now.minusSeconds(5)));
    store.create(Run.refused(new RunId("ended"), "audition.yml", "No.", now));
    assertThat(store.active(now)).containsExactly(new RunId("before"), new RunId("now"));
  }

  @Test
  default void theNewestRunsComeFirst() {
    RunStore store = store();
    Instant now = ManualClock.START;
    store.create(queued("second", now.plusSeconds(1)));
    store.create(queued("first", now));
    store.create(queued("third", now.plusSeconds(2)));
    assertThat(store.newest(2)).containsExactly(new RunId("third"), new RunId("second"));
  }

  @Test
  default void textsAreKeptByRunAndName() {
    RunStore store = store();
    Run run = queued("run-1", ManualClock.START);
    store.create(run);
    store.putText(run.id(), "plan-1.json", "{\"städte\": [\"日本\"]}\n");
    assertThat(store.text(run.id(), "plan-1.json")).contains("{\"städte\": [\"日本\"]}\n");
    assertThat(store.text(run.id(), "plan-2.json")).isEmpty();
    assertThat(store.addText(run.id(), "plan-1.json", "{}")).isFalse();
    assertThat(store.text(run.id(), "plan-1.json")).contains("{\"städte\": [\"日本\"]}\n");
    assertThat(store.addText(run.id(), "plan-3.json", "{}")).isTrue();
    assertThat(store.text(run.id(), "plan-3.json")).contains("{}");
    assertThat(store.text(new RunId("run-2"), "plan-1.json")).isEmpty();
  }
}
