package dev.audition.local.runtime;

import dev.audition.core.run.port.LogSource;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.local.docker.DockerEngine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs tasks on the Docker engine as ECS runs them. Work is done on virtual threads; the tasks of a
 * runtime are known as long as it lives. Where everything of a task has ended and nothing of it was
 * essential, the task stays RUNNING until it is stopped.
 */
public final class DockerTaskRuntime implements TaskRuntime, LogSource, AutoCloseable {
  /** The image of the container that holds the namespaces of a task. */
  public static final String PAUSE_IMAGE = PauseImage.REFERENCE;

  private static final int ARN_DIGITS = 32;
  private static final Duration LAST_CREATION = Duration.ofSeconds(5);

  private final RuntimeParts parts;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory());

  /** One at a time, so that changes are told in their order. */
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("changes").factory());

  private final List<Consumer<TaskDescription>> subscribers = new CopyOnWriteArrayList<>();
  private final Map<TaskArn, TaskState> tasks = new LinkedHashMap<>();
  private CompletableFuture<Void> listening;

  /**
   * Make a runtime. It begins to listen to the engine at once and in the background, so that the
   * first launch need not wait; an engine that does not answer is an answer of the launch.
   */
  public DockerTaskRuntime(DockerEngine engine, Images images, RuntimeSettings settings) {
    this.parts =
        new RuntimeParts(
            engine,
            images,
            settings,
            new EventFeed(engine, settings.owner()),
            new PeakMemory(),
            new Creations());
    this.listening = CompletableFuture.runAsync(parts.events()::open, threads);
  }

  /** Tell every change of every task from now on, in order, on a thread of the runtime's own. */
  public void subscribe(Consumer<TaskDescription> subscriber) {
    subscribers.add(subscriber);
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    TaskArn arn = arn(launch.clientToken());
    List<String> faults = DefinitionFaults.of(launch.definition());
    if (!faults.isEmpty()) {
      return new LaunchAnswer.Refused(RefusalKind.COMPOSITION, String.join("; ", faults));
    }
    TaskState state;
    synchronized (tasks) {
      TaskState known = tasks.get(arn);
      if (known != null) {
        return known.launch().equals(launch) ? new LaunchAnswer.Launched(arn) : conflict(arn);
      }
      listen();
      state = new TaskState(arn, launch, parts.settings().clock(), this::tell);
      tasks.put(arn, state);
    }
    state.announce();
    new TaskActor(parts, state, threads).begin();
    return new LaunchAnswer.Launched(arn);
  }

  /** The stream of events is open before anything can happen. */
  private void listen() {
    if (listening.isCompletedExceptionally()) {
      listening = CompletableFuture.runAsync(parts.events()::open, threads);
    }
    try {
      listening.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new RuntimeUnavailableException(String.valueOf(cause.getMessage()), cause);
    }
  }

  private static LaunchAnswer conflict(TaskArn arn) {
    return new LaunchAnswer.Refused(
        RefusalKind.OUTSIDE,
        "ConflictException: the client token already stands for another launch, task " + arn);
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    TaskState state;
    synchronized (tasks) {
      state = tasks.get(taskArn);
    }
    if (state != null) {
      state.stop(StopCode.USER_INITIATED, reason);
    }
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    synchronized (tasks) {
      return taskArns.stream()
          .map(tasks::get)
          .filter(Objects::nonNull)
          .map(TaskState::describe)
          .toList();
    }
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    synchronized (tasks) {
      return tasks.values().stream()
          .filter(state -> state.launch().startedBy().equals(startedBy))
          .map(TaskState::describe)
          .toList();
    }
  }

  @Override
  public List<String> tail(String startedBy, String containerName, int lines) {
    return LogFile.tail(
        parts.settings().logs().folder(startedBy).resolve(containerName + ".log"), lines);
  }

  /**
   * Let nothing more be created, and wait for what is just being created, at most five seconds: who
   * removes the containers afterwards sees all of them.
   */
  public void createNothingMore() {
    parts.creations().close(LAST_CREATION);
  }

  /**
   * Let go of everything: nothing is told any more. Containers stay as they are; {@link
   * TaskRemoval} ends them. The engine stays open.
   */
  @Override
  public void close() {
    synchronized (tasks) {
      tasks.values().forEach(TaskState::abandon);
    }
    parts.creations().close(LAST_CREATION);
    parts.events().close();
    parts.memory().close();
    threads.shutdownNow();
    teller.shutdownNow();
  }

  private void tell(TaskDescription description) {
    try {
      teller.execute(() -> subscribers.forEach(subscriber -> subscriber.accept(description)));
    } catch (RejectedExecutionException e) {
      // Closed: nobody listens.
    }
  }

  private static TaskArn arn(String clientToken) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(clientToken.getBytes(StandardCharsets.UTF_8));
      return new TaskArn(
          "arn:audition:local:task/" + HexFormat.of().formatHex(hash).substring(0, ARN_DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (every Java has it)", e);
    }
  }
}
