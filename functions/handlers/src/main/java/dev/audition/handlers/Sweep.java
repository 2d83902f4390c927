package dev.audition.handlers;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.admission.RunQueue;
import dev.audition.handlers.log.Log;
import dev.audition.handlers.log.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks after runs that are due, lines that stand still, tasks that no run wants, and definitions
 * that none uses. Each of these goes on whatever became of the others.
 */
final class Sweep {
  /** Registering and removing share one call a second. */
  private static final int MOST_DEFINITIONS = 10;

  private final ObservedRunStore store;
  private final RunService runs;
  private final RunQueue queue;
  private final StrayTasks strays;
  private final IntUnaryOperator removeDefinitions;
  private final InstantSource clock;
  private final Log log;
  private final Metrics metrics;

  Sweep(
      ObservedRunStore store,
      RunService runs,
      RunQueue queue,
      StrayTasks strays,
      IntUnaryOperator removeDefinitions,
      InstantSource clock,
      Log log,
      Metrics metrics) {
    this.store = store;
    this.runs = runs;
    this.queue = queue;
    this.strays = strays;
    this.removeDefinitions = removeDefinitions;
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
  }

  /** What was done. */
  record Result(int checked, int failed, int strays) {}

  /**
   * Sweep until everything is done, or the time is over: then the next sweep takes what is due in
   * another order. Beginning runs comes late, since it takes what time there is.
   */
  Result sweep(Instant until) {
    List<Run> over = new ArrayList<>();
    int checked = 0;
    int failed = 0;
    for (RunId id : inTurn(store.active(clock.instant()))) {
      if (!clock.instant().isBefore(until)) {
        log.warn("more runs are due than one sweep can look after");
        break;
      }
      checked++;
      if (!tried(id, () -> check(id, over))) {
        failed++;
      }
    }
    int[] stopped = {0};
    boolean looked = tried(null, () -> stopped[0] = strays.stop());
    metrics.count(Metrics.STRAY_TASKS, stopped[0]);
    metrics.seconds(Metrics.OLDEST_PENDING_COMMAND, store.oldestPending());
    boolean began = tried(null, () -> begin(over));
    boolean removed = !isFirstOfTheHour() || tried(null, () -> removeDefinitions());
    failed += (began ? 0 : 1) + (looked ? 0 : 1) + (removed ? 0 : 1);
    return new Result(checked, failed, stopped[0]);
  }

  /**
   * A run of which nothing changes stays due, and the longest of all. Each minute takes them in
   * another order, so that none is always last, and one that takes all of the time, or the whole
   * function down, is not always first.
   */
  private List<RunId> inTurn(List<RunId> due) {
    List<RunId> shuffled = new ArrayList<>(due);
    // Not Random: from seeds that follow each other its first numbers are almost the same.
    Collections.shuffle(shuffled, new SplittableRandom(clock.instant().getEpochSecond() / 60));
    return shuffled;
  }

  private void check(RunId id, List<Run> over) {
    Run run = runs.check(id);
    if (run.over()) {
      over.add(run);
    }
  }

  private void begin(List<Run> over) {
    if (!over.isEmpty()) {
      var _ = queue.changed(over);
    }
    var _ = queue.sweep();
  }

  private void removeDefinitions() {
    int removed = removeDefinitions.applyAsInt(MOST_DEFINITIONS);
    if (removed > 0) {
      log.with("removed", Integer.toString(removed)).info("unused task definitions removed");
    }
  }

  private boolean isFirstOfTheHour() {
    return clock.instant().atZone(ZoneOffset.UTC).getMinute() == 0;
  }

  /** The outermost place that sees a part of the sweep. */
  private boolean tried(@Nullable RunId run, Runnable part) {
    try {
      part.run();
      return true;
    } catch (RuntimeException e) {
      (run == null ? log : log.of(run)).error("a part of the sweep failed", e);
      return false;
    }
  }
}
