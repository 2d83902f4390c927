package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.testkit.InMemoryRunStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.RunStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ObservedRunStoreTest implements RunStoreContract {
  private final ManualClock clock = new ManualClock();
  private final Lines lines = new Lines(clock);
  private final List<Integer> pauses = new ArrayList<>();

  @Override
  public RunStore store() {
    return new ObservedRunStore(
        new InMemoryRunStore(), clock, lines.log, lines.metrics, pauses::add);
  }

  @Test
  void theLoserOfARaceWaitsLongerEachTimeAndIsCounted() {
    RunStore store = store();
    Run run = Run.refused(new RunId("r-1"), "a.yml", "no", clock.instant());
    store.create(run);
    assertThat(store.commit(run.withVersion(8), 7)).isFalse();
    assertThat(store.commit(run.withVersion(8), 7)).isFalse();
    assertThat(store.commit(run.withVersion(1), 0)).isTrue();
    assertThat(store.commit(run.withVersion(8), 7)).isFalse();
    assertThat(pauses).containsExactly(1, 2, 1);
    assertThat(lines.text()).contains("\"CommitConflicts\":1");
  }

  @Test
  void aVerdictIsCountedOnce() {
    RunStore store = store();
    Run run = Run.refused(new RunId("r-1"), "a.yml", "no", clock.instant());
    store.create(run);
    store.load(run.id());
    store.commit(run.withVersion(1), 0);
    assertThat(lines.text().split("\"RunsEnded\":1", -1)).hasSize(2);
  }
}
