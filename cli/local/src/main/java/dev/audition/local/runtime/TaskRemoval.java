package dev.audition.local.runtime;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import dev.audition.core.task.TaskArn;
import dev.audition.local.docker.DockerEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Stops and removes what a run, a task or an owner has in the engine, from nothing but the labels
 * there: in the reverse order of dependencies, each container with its own grace, then containers
 * and volumes. Whoever made them may be gone, or may be doing the same at this moment: two at once
 * do no harm, and doing it again does nothing.
 */
public final class TaskRemoval {
  private static final int DEFAULT_GRACE_SECONDS = 10;

  /** Somebody may still be creating: look again until nothing is found. */
  private static final int ROUNDS = 50;

  /** Another process may be removing the same: it is done in a moment. */
  private static final Duration IN_PROGRESS = Duration.ofMillis(100);

  private final DockerEngine engine;

  /** Make one for an engine. */
  public TaskRemoval(DockerEngine engine) {
    this.engine = engine;
  }

  /** Stop and remove everything of a run; returns when nothing is left. */
  public void removeRun(String runId) {
    remove(Labels.RUN + "=" + runId);
  }

  /** Stop and remove everything of an owner; returns when nothing is left. */
  public void removeOwner(String owner) {
    remove(Labels.OWNER + "=" + owner);
  }

  /** Stop and remove everything of a task; returns when nothing is left. */
  public void removeTask(TaskArn arn) {
    remove(Labels.ARN + "=" + arn.value());
  }

  private void remove(String label) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Container> containers = containers(label);
        stop(containers, threads);
        each(containers, threads, container -> removeContainer(container.getId()));
        List<InspectVolumeResponse> volumes = volumes(label);
        volumes.forEach(volume -> removeVolume(volume.getName()));
        if (containers.isEmpty() && volumes.isEmpty()) {
          return;
        }
      }
    }
  }

  private void stop(List<Container> containers, Executor threads) {
    Map<String, Map<String, Container>> tasks =
        containers.stream()
            .filter(container -> container.getLabels().containsKey(Labels.CONTAINER))
            .collect(
                Collectors.groupingBy(
                    container -> label(container, Labels.ARN),
                    Collectors.toMap(
                        container -> label(container, Labels.CONTAINER),
                        container -> container,
                        (one, _) -> one)));
    List<CompletableFuture<Void>> stops = new ArrayList<>();
    for (Map<String, Container> task : tasks.values()) {
      if (task.values().stream().anyMatch(TaskRemoval::running)) {
        stops.add(CompletableFuture.runAsync(() -> stopTask(task, threads), threads));
      }
    }
    stops.forEach(CompletableFuture::join);
  }

  private void stopTask(Map<String, Container> task, Executor threads) {
    Map<String, List<String>> dependsOn = new HashMap<>();
    task.forEach(
        (name, container) ->
            dependsOn.put(name, Arrays.asList(label(container, Labels.DEPENDS_ON).split(","))));
    new StopOrder(dependsOn)
        .run(
            name -> {
              Container container = task.get(name);
              if (container != null && running(container)) {
                stopContainer(container);
              }
            },
            threads);
  }

  private static boolean running(Container container) {
    return !"exited".equals(container.getState()) && !"created".equals(container.getState());
  }

  private void stopContainer(Container container) {
    try {
      engine.client().stopContainerCmd(container.getId()).withTimeout(grace(container)).exec();
    } catch (NotModifiedException | NotFoundException e) {
      // It has ended already.
    }
  }

  private static int grace(Container container) {
    try {
      return Integer.parseInt(label(container, Labels.STOP_TIMEOUT));
    } catch (NumberFormatException e) {
      return DEFAULT_GRACE_SECONDS;
    }
  }

  private void removeContainer(String id) {
    try {
      engine.client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException e) {
      // It is gone already.
    } catch (ConflictException e) {
      rest();
    }
  }

  private void removeVolume(String name) {
    try {
      engine.client().removeVolumeCmd(name).exec();
    } catch (NotFoundException e) {
      // It is gone already.
    } catch (ConflictException e) {
      rest();
    }
  }

  private static void rest() {
    try {
      Thread.sleep(IN_PROGRESS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Container> containers(String label) {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(label))
        .exec();
  }

  private List<InspectVolumeResponse> volumes(String label) {
    List<InspectVolumeResponse> volumes =
        engine.client().listVolumesCmd().withFilter("label", List.of(label)).exec().getVolumes();
    return volumes == null ? List.of() : volumes;
  }

  private static String label(Container container, String key) {
    return container.getLabels().getOrDefault(key, "");
  }

  private static <T> void each(List<T> all, Executor threads, Consumer<T> what) {
    CompletableFuture.allOf(
            all.stream()
                .map(one -> CompletableFuture.runAsync(() -> what.accept(one), threads))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }
}
