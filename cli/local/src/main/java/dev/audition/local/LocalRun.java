package dev.audition.local;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.local.store.CancelRequest;
import dev.audition.local.store.StateUnusableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Drives one run to its verdict: looks after it when something is due, and hears when somebody else
 * wants it cancelled.
 */
final class LocalRun implements AutoCloseable {
  /** How soon a deadline that has passed, or a cancel of another process, is seen. */
  private static final long LOOK_MILLIS = 100;

  private final RunId id;
  private final InstantSource clock;
  private final Supplier<Optional<CancelRequest>> cancelRequest;
  private final CompletableFuture<Run> stopping = new CompletableFuture<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("run").factory());
  private volatile @Nullable Run latest;
  private boolean cancelled;

  LocalRun(RunId id, InstantSource clock, Supplier<Optional<CancelRequest>> cancelRequest) {
    this.id = id;
    this.clock = clock;
    this.cancelRequest = cancelRequest;
  }

  /** Take a committed state: with a verdict and nothing left to do, the stop is under way. */
  void committed(Run run) {
    if (run.id().equals(id)) {
      latest = run;
    }
    if (run.id().equals(id) && run.verdict() != null && run.pending().isEmpty()) {
      stopping.complete(run);
    }
  }

  /** Start the run and return its state when the verdict is committed and the stop under way. */
  Run drive(RunService service, Run queued) {
    var _ =
        looking.scheduleAtFixedRate(
            () -> look(service), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    committed(service.start(queued));
    try {
      return stopping.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("interrupted while run " + id + " went on", e);
    } catch (ExecutionException e) {
      String what = "run " + id + " cannot go on";
      throw e.getCause() instanceof StateUnusableException unusable
          ? new LocalException(what + ": " + unusable.getMessage(), unusable)
          : new IllegalStateException(what, e.getCause());
    }
  }

  private void look(RunService service) {
    guard(
        () -> {
          if (!cancelled) {
            cancelRequest.get().ifPresent(request -> cancel(service, request));
          }
          if (due()) {
            Run _ = service.check(id);
          }
        });
  }

  /** Do a part of the run, on whatever thread: when it fails, the run cannot go on. */
  void guard(Runnable part) {
    try {
      part.run();
    } catch (RuntimeUnavailableException e) {
      return; // the next look asks again
    } catch (RuntimeException e) {
      // Such as a disk that is full: nothing can be kept any more.
      boolean _ = stopping.completeExceptionally(e);
    }
  }

  /** Only this run: others have a process of their own, and this one knows nothing of theirs. */
  private boolean due() {
    Run run = latest;
    Instant next = run == null ? null : run.times().nextCheckAt();
    return next != null && !next.isAfter(clock.instant());
  }

  private void cancel(RunService service, CancelRequest request) {
    var _ = service.cancel(id, request.by(), request.reason());
    cancelled = true;
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
