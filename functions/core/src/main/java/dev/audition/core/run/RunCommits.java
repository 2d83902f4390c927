package dev.audition.core.run;

import dev.audition.core.run.port.RunStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Applies events to stored runs, and applies them again where somebody else was faster. */
final class RunCommits {
  /** A version race is lost to somebody who got on, so losing this often in a row is a fault. */
  private static final int MOST_CONFLICTS = 20;

  /** Runs share this many locks, so that nothing grows with the number of runs. */
  private static final int STRIPES = 32;

  /**
   * A run as it is stored now.
   *
   * @param fresh the commands that this commit added
   */
  record Committed(Run run, List<RunCommand> fresh) {}

  private final RunStore store;
  private final InstantSource clock;
  private final ProgressTeller teller;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

  RunCommits(RunStore store, InstantSource clock, ProgressTeller teller) {
    this.store = store;
    this.clock = clock;
    this.teller = teller;
  }

  /**
   * Apply events in order and store what they come to; empty if there is no such run. Within a
   * process nobody loses a race; between processes the loser applies again.
   */
  Optional<Committed> commit(RunId id, List<RunEvent> events) {
    ReentrantLock lock = locks.get(Math.floorMod(id.hashCode(), STRIPES));
    lock.lock();
    try {
      for (int i = 0; i < MOST_CONFLICTS; i++) {
        Optional<Run> found = store.load(id);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        Run run = found.get();
        Run next = apply(run, events);
        if (next.equals(run)) {
          return Optional.of(new Committed(run, List.of()));
        }
        Run stored = next.withVersion(run.version() + 1);
        if (store.commit(stored, run.version())) {
          teller.committed(run, stored, clock.instant());
          return Optional.of(new Committed(stored, Transition.between(run, stored).commands()));
        }
      }
    } finally {
      lock.unlock();
    }
    throw new IllegalStateException(
        "commits of run %s: %d lost in a row (expected: one to win)".formatted(id, MOST_CONFLICTS));
  }

  private Run apply(Run run, List<RunEvent> events) {
    Run next = run;
    for (RunEvent event : events) {
      next = RunMachine.apply(next, event, clock.instant()).next();
    }
    return next;
  }
}
