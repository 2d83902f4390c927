package dev.audition.handlers;

import dev.audition.core.run.PendingCommand;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunCommand.LaunchTask;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.ForwardingRunStore;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.log.Log;
import dev.audition.handlers.log.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells logs and metrics what the commits of this function changed, and lets the loser of a race
 * wait a moment before it applies its events again.
 */
final class ObservedRunStore extends ForwardingRunStore {
  /** Waits after a lost race; the number of races lost in a row grows it. */
  @FunctionalInterface
  interface Patience {
    /** Wait. */
    void after(int lost);
  }

  private final InstantSource clock;
  private final Log log;
  private final Metrics metrics;
  private final Patience patience;
  private final Map<RunId, Run> loaded = new HashMap<>();
  private int lostInARow;

  ObservedRunStore(
      RunStore store, InstantSource clock, Log log, Metrics metrics, Patience patience) {
    super(store);
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
    this.patience = patience;
  }

  @Override
  public boolean create(Run run) {
    boolean created = super.create(run);
    if (created) {
      log.of(run.id()).with("file", run.file()).info("run stored");
      ended(run, run.verdict());
    }
    return created;
  }

  @Override
  public Optional<Run> load(RunId id) {
    Optional<Run> run = super.load(id);
    run.ifPresent(found -> loaded.put(id, found));
    return run;
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    Run before = loaded.get(next.id());
    if (!super.commit(next, expectedVersion)) {
      lostInARow++;
      metrics.count(Metrics.COMMIT_CONFLICTS, 1);
      patience.after(lostInARow);
      return false;
    }
    lostInARow = 0;
    loaded.put(next.id(), next);
    if (before != null && before.version() == expectedVersion) {
      tell(before, next);
    }
    return true;
  }

  private void tell(Run before, Run next) {
    next.moments().stream()
        .skip(before.moments().size())
        .forEach(
            moment -> log.of(next.id()).with("subject", moment.subject()).info(moment.event()));
    if (before.verdict() == null) {
      ended(next, next.verdict());
    }
    for (PendingCommand pending : before.pending()) {
      if (pending.command() instanceof LaunchTask launch && !next.pending().contains(pending)) {
        Duration took = Duration.between(pending.since(), clock.instant());
        metrics.milliseconds(Metrics.LAUNCH_LATENCY, took);
        log.of(launch.key()).with("milliseconds", Long.toString(took.toMillis())).info("answered");
      }
    }
  }

  private void ended(Run run, @Nullable Verdict verdict) {
    if (verdict != null) {
      metrics.run(verdict);
      log.of(run.id()).with("verdict", verdict.name()).info("run ended");
    }
  }

  /** Return how long the oldest command waits of all runs seen since this was last asked. */
  Duration oldestPending() {
    Instant now = clock.instant();
    Duration oldest =
        loaded.values().stream()
            .flatMap(run -> run.pending().stream())
            .map(pending -> Duration.between(pending.since(), now))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    forget();
    return oldest;
  }

  /** Forget what was seen: an invocation has ended. */
  void forget() {
    loaded.clear();
  }
}
