package dev.audition.local.runtime;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import dev.audition.local.docker.DockerEngine;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The engine's events, from one stream for all containers of an owner: an exit is known a few
 * milliseconds after it happens. When the stream breaks, it is opened again from where it broke; a
 * container that ended meanwhile without an event has ended with the engine, and is lost.
 */
final class EventFeed implements AutoCloseable {
  private static final int MOST_LOOKS = 5;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Duration REPLAY = Duration.ofMillis(500);

  /** Events of several containers come out of their order by a little, above all under load. */
  private static final long OVERLAP_NANOS = 1_000_000_000;

  private final DockerEngine engine;
  private final String owner;
  private final ExpectedExits exits = new ExpectedExits();
  private final AtomicLong lastEvent = new AtomicLong();
  private volatile @Nullable Stream stream;
  private volatile boolean closed;

  EventFeed(DockerEngine engine, String owner) {
    this.engine = engine;
    this.owner = owner;
  }

  /** Open the stream; returns when it is open. */
  void open() {
    Stream opened = new Stream();
    var command =
        engine
            .client()
            .eventsCmd()
            .withEventTypeFilter(EventType.CONTAINER)
            .withEventFilter("die", "oom")
            .withLabelFilter(Labels.OWNER + "=" + owner);
    long since = lastEvent.get() - OVERLAP_NANOS;
    if (since > 0) {
      command.withSince("%d.%09d".formatted(since / 1_000_000_000, since % 1_000_000_000));
    }
    command.exec(opened);
    stream = opened;
    opened.await();
  }

  /** Watch for the end of a container that is about to be started. */
  ContainerExit expect(String containerId) {
    return exits.expect(containerId);
  }

  /** Forget a container that will not be started again. */
  void forget(String containerId) {
    exits.forget(containerId);
  }

  @Override
  public void close() {
    closed = true;
    Stream open = stream;
    if (open != null) {
      open.close();
    }
    EngineLostException ended = new EngineLostException("the runtime was closed");
    exits.forEach((_, exit) -> exit.lost(ended));
  }

  private void take(Event event) {
    long at = event.getTimeNano() == null ? 0 : event.getTimeNano();
    lastEvent.accumulateAndGet(at, Math::max);
    EventActor actor = event.getActor();
    if (actor == null || actor.getId() == null || event.getAction() == null) {
      return;
    }
    Map<String, String> attributes = actor.getAttributes();
    exits.take(
        actor.getId(),
        event.getAction(),
        attributes == null ? null : attributes.get("exitCode"),
        at);
  }

  private void reopen() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String why = "it closed the connection";
    while (!closed && System.nanoTime() < end) {
      try {
        open();
        exits.forEach(this::reconcile);
        return;
      } catch (EngineLostException e) {
        why = String.valueOf(e.getMessage());
      }
      try {
        Thread.sleep(BETWEEN_TRIES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    EngineLostException lost =
        new EngineLostException(
            "the Docker engine at %s went away: %s".formatted(engine.host(), why));
    exits.forEach((_, exit) -> exit.lost(lost));
  }

  private void reconcile(String containerId, ContainerExit exit) {
    if (running(containerId) || exit.endedWithin(REPLAY)) {
      return;
    }
    exit.lost(
        new EngineLostException(
            "the Docker engine at %s was restarted and ended its containers"
                .formatted(engine.host())));
  }

  /** Whether it runs, or may: an engine that has just come back does not answer every question. */
  private boolean running(String containerId) {
    for (int tries = 1; tries <= MOST_LOOKS; tries++) {
      try {
        ContainerState state = engine.client().inspectContainerCmd(containerId).exec().getState();
        return Boolean.TRUE.equals(state.getRunning()) || "created".equals(state.getStatus());
      } catch (NotFoundException _) {
        return false;
      } catch (DockerException _) {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
    return false;
  }

  private final class Stream implements ResultCallback<Event> {
    private final CompletableFuture<Closeable> opened = new CompletableFuture<>();

    @Override
    public void onStart(Closeable closeable) {
      opened.complete(closeable);
    }

    @Override
    public void onNext(Event event) {
      take(event);
    }

    @Override
    public void onError(Throwable throwable) {
      ended(throwable);
    }

    @Override
    public void onComplete() {
      ended(new EOFException("the stream ended"));
    }

    private void ended(Throwable why) {
      // A stream that never opened has somebody waiting for it, who tries again.
      if (!opened.completeExceptionally(why) && !closed && stream == this) {
        stream = null;
        Thread.ofVirtual().name("events").start(EventFeed.this::reopen);
      }
    }

    private void await() {
      try {
        opened.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new EngineLostException(
            "the Docker engine at %s sent no events within %d s"
                .formatted(engine.host(), PATIENCE.toSeconds()));
      } catch (ExecutionException e) {
        throw new EngineLostException(
            "the Docker engine at %s sends no events: %s".formatted(engine.host(), e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineLostException("interrupted while connecting to the Docker engine");
      }
    }

    @Override
    public void close() {
      Closeable open = opened.isCompletedExceptionally() ? null : opened.getNow(null);
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
