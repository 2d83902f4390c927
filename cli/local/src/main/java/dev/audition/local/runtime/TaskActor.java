package dev.audition.local.runtime;

import com.github.dockerjava.api.exception.DockerException;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.StopCode;
import dev.audition.local.runtime.Images.Availability;
import dev.audition.local.runtime.PauseContainer.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Brings one task about: the pause container first, everything else created at the same time and
 * started as its gate opens, each container on a thread of its own; removes all of it at the end.
 */
final class TaskActor {
  private final RuntimeParts parts;
  private final TaskState state;
  private final Executor threads;
  private final TaskNames names;
  private final Map<String, String> labels;

  TaskActor(RuntimeParts parts, TaskState state, Executor threads) {
    this.parts = parts;
    this.state = state;
    this.threads = threads;
    this.names = new TaskNames(state.launch().startedBy(), state.arn());
    this.labels = Labels.ofTask(parts.settings().owner(), state.launch().startedBy(), state.arn());
  }

  /** Begin; returns at once. */
  void begin() {
    threads.execute(this::run);
  }

  private void run() {
    Launch launch = state.launch();
    Map<String, CompletableFuture<Availability>> images = images(launch);
    try {
      PauseContainer pause =
          parts
              .creations()
              .create(
                  () -> PauseContainer.create(parts.engine(), launch.definition(), names, labels));
      if (pause == null) {
        return;
      }
      List<CompletableFuture<Void>> lives = containers(launch, pause, images);
      if (!state.stopping()) {
        pause.start();
        state.networkUp();
      }
      lives.forEach(CompletableFuture::join);
    } catch (DockerException e) {
      state.stop(
          StopCode.TASK_FAILED_TO_START, EngineErrors.reason("CannotCreateContainerError", e));
    } catch (RuntimeException e) {
      // No answer of the engine's: the connection, or a bug of ours.
      state.lost("the Docker engine at %s: %s".formatted(parts.engine().host(), cause(e)));
    }
    if (!parts.settings().keep() && !state.abandoned()) {
      remove();
    }
  }

  /** Each image once, all at the same time, beside the pause container. */
  private Map<String, CompletableFuture<Availability>> images(Launch launch) {
    Map<String, CompletableFuture<Availability>> images = new HashMap<>();
    for (ContainerDefinition definition : launch.definition().containers()) {
      images.computeIfAbsent(
          definition.image(),
          image ->
              CompletableFuture.supplyAsync(
                  () -> parts.images().ensure(image, launch.definition().platform()), threads));
    }
    return images;
  }

  private List<CompletableFuture<Void>> containers(
      Launch launch, PauseContainer pause, Map<String, CompletableFuture<Availability>> images) {
    ContainerTranslation translation =
        new ContainerTranslation(parts.engine(), launch.definition(), pause, names);
    PortDialler dialler = new PortDialler(once(pause::place));
    List<CompletableFuture<Void>> lives = new ArrayList<>();
    for (ContainerDefinition definition : launch.definition().containers()) {
      ContainerActor container =
          new ContainerActor(
              parts,
              state,
              definition,
              new ContainerActor.Making(translation, names, labels, dialler));
      CompletableFuture<Availability> image =
          java.util.Objects.requireNonNull(images.get(definition.image()));
      lives.add(CompletableFuture.runAsync(() -> container.live(image), threads));
      threads.execute(container::stopInTurn);
    }
    return lives;
  }

  private void remove() {
    try {
      new TaskRemoval(parts.engine()).removeTask(state.arn());
    } catch (RuntimeException e) {
      // Whoever looks after what owners leave behind finds it by its labels.
      state.abandon();
    }
  }

  private static String cause(RuntimeException e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    return String.valueOf(cause.getMessage());
  }

  private static Supplier<Place> once(Supplier<Place> supplier) {
    return new Supplier<>() {
      private volatile @org.jspecify.annotations.Nullable Place place;

      @Override
      public Place get() {
        Place known = place;
        if (known == null) {
          known = supplier.get();
          place = known;
        }
        return known;
      }
    };
  }
}
