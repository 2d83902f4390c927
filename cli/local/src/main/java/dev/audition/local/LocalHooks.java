package dev.audition.local;

import dev.audition.core.run.HookDelivery;
import dev.audition.core.run.HookKey;
import dev.audition.core.run.HookService;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.HookQueue;
import dev.audition.core.run.port.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the notifications of one run from this process, one after the other, and tries again what
 * its receiver did not take. What is not taken when the process must end is put on record.
 */
final class LocalHooks implements HookQueue, AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String NOT_TAKEN = "audition ended before it was taken";
  private static final int MOST_CONFLICTS = 20;

  private final RunId id;
  private final RunStore store;
  private final HookService service;
  private final InstantSource clock;
  private final Set<HookKey> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService sending =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("hooks").factory());

  LocalHooks(RunId id, RunStore store, HookService service, InstantSource clock) {
    this.id = id;
    this.store = store;
    this.service = service;
    this.clock = clock;
  }

  @Override
  public void enqueue(HookKey key) {
    if (open.add(key)) {
      later(key, 1, Duration.ZERO);
    }
  }

  private void later(HookKey key, int attempt, Duration after) {
    try {
      var _ = sending.schedule(() -> send(key, attempt), after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      return; // this process is leaving, and says so
    }
  }

  private void send(HookKey key, int attempt) {
    switch (service.deliver(key, attempt, false)) {
      case HookService.Result.Done _, HookService.Result.GivenUp _ -> open.remove(key);
      case HookService.Result.Again again -> later(key, attempt + 1, again.after());
    }
  }

  /** Wait a while until nothing is on its way; then stop, and put on record what was not taken. */
  void finish(Duration patience) {
    Instant end = clock.instant().plus(patience);
    while (!open.isEmpty() && clock.instant().isBefore(end) && !Thread.interrupted()) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    close();
  }

  /** Stop sending, and put on record what was not taken. */
  @Override
  public void close() {
    sending.shutdownNow();
    for (int i = 0; i < MOST_CONFLICTS; i++) {
      Optional<Run> found = store.load(id).filter(LocalHooks::unsettled);
      if (found.isEmpty()) {
        return;
      }
      Run run = found.get();
      Run next = run.withoutPendingHooks(NOT_TAKEN, clock.instant()).withVersion(run.version() + 1);
      if (store.commit(next, run.version())) {
        return;
      }
    }
  }

  private static boolean unsettled(Run run) {
    return run.hooks().deliveries().stream()
        .map(HookDelivery::state)
        .anyMatch(state -> !state.settled());
  }
}
