package dev.audition.core.testkit;

import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps the changes a runtime tells, and waits for one of a kind. */
public final class TaskEvents implements Consumer<TaskDescription> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<TaskDescription> events = new ArrayList<>();

  @Override
  public synchronized void accept(TaskDescription event) {
    events.add(event);
    notifyAll();
  }

  /** Return what was told of a task so far, in the order of telling. */
  public synchronized List<TaskDescription> of(TaskArn task) {
    return events.stream().filter(event -> event.taskArn().equals(task)).toList();
  }

  /** Return the first event of a task that is such, as soon as it is told. */
  public synchronized TaskDescription await(
      TaskArn task, String what, Predicate<TaskDescription> such) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < events.size(); seen++) {
        TaskDescription event = events.get(seen);
        if (event.taskArn().equals(task) && such.test(event)) {
          return event;
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "%s: not within %d s; last told: %s"
                .formatted(what, PATIENCE.toSeconds(), of(task).reversed().stream().findFirst()));
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** Wait for the task's end. */
  public TaskDescription awaitStopped(TaskArn task) {
    return await(task, "the task has stopped", event -> event.lastStatus() == LastStatus.STOPPED);
  }

  /** Wait until a container is such. */
  public ContainerDescription awaitContainer(
      TaskArn task, String name, String what, Predicate<ContainerDescription> such) {
    return stateOf(await(task, name + " " + what, event -> such.test(stateOf(event, name))), name);
  }

  /** Wait for a container's end. */
  public ContainerDescription awaitStopped(TaskArn task, String name) {
    return awaitContainer(
        task, name, "has stopped", container -> container.lastStatus() == LastStatus.STOPPED);
  }

  /** Wait for a container's start. */
  public ContainerDescription awaitRunning(TaskArn task, String name) {
    return awaitContainer(
        task, name, "runs", container -> container.lastStatus() == LastStatus.RUNNING);
  }

  /** Return a container of a task. */
  public static ContainerDescription stateOf(TaskDescription task, String name) {
    return task.containers().stream()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no container " + name + " in " + task));
  }
}
