package dev.audition.local.keeper;

import dev.audition.core.run.RunId;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.docker.EngineWords;
import dev.audition.local.runtime.TaskRemoval;
import dev.audition.local.store.AbandonedRuns;
import dev.audition.local.store.FileRunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Removes what a run left and ends its record. Whoever does this holds the run's lease. The engine
 * may be restarting meanwhile: it is asked again for a while.
 */
final class Cleaning {
  /** As long as an engine takes to come back on a slow machine, and longer. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(10);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /**
   * A killed owner's last request may still be on its way through the engine: a container can
   * appear after everything was removed.
   */
  private static final int LATE_LOOKS = 2;

  private final DockerEngine engine;
  private final FileRunStore store;
  private final InstantSource clock;
  private final Consumer<String> log;

  Cleaning(DockerEngine engine, FileRunStore store, InstantSource clock, Consumer<String> log) {
    this.engine = engine;
    this.store = store;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Remove everything of a run, unless the user wants to look inside.
   *
   * @return false if the engine did not come back in time; the next start tries again
   */
  boolean clean(RunId run) {
    if (store.kept(run)) {
      log.accept("kept: " + run);
      AbandonedRuns.end(store, run, clock.instant());
      return true;
    }
    log.accept("removing what " + run + " left");
    if (!removed(run)) {
      return false;
    }
    boolean killed = AbandonedRuns.end(store, run, clock.instant());
    log.accept(killed ? "removed; its owner had been killed" : "removed");
    for (int i = 0; killed && i < LATE_LOOKS; i++) {
      if (!pause() || !removed(run)) {
        return false;
      }
    }
    return true;
  }

  private boolean removed(RunId run) {
    Instant giveUp = clock.instant().plus(GIVE_UP_AFTER);
    while (true) {
      try {
        new TaskRemoval(engine).removeRun(run.value());
        return true;
      } catch (RuntimeException e) {
        // What the engine's client throws when it has no connection is of no type of its own.
        log.accept("not yet: " + EngineWords.of(e));
      }
      if (!clock.instant().isBefore(giveUp) || !pause()) {
        log.accept("given up; the next start of audition tries again");
        return false;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
