package dev.audition.core.run;

import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One task of a step, at its current attempt.
 *
 * @param number 1-based
 * @param attempt 1-based; grows when a task that ran no candidate is launched again
 * @param tryNumber 1-based; grows only by a committed refusal to launch
 * @param evidence by container name; a container that was never described is absent
 */
public record TaskState(
    int number,
    int attempt,
    int tryNumber,
    List<ContainerShape> containers,
    Launch launch,
    Seen seen,
    SequencedMap<String, ContainerEvidence> evidence) {
  /**
   * How far its launch has come.
   *
   * @param arn null until the launch has been answered, or the first event came
   * @param launchedAt when the ARN became known
   * @param retryAt when it is launched; null if nothing waits for that
   * @param stopWanted whether it is to be stopped as soon as its ARN is known
   * @param gone whether the runtime no longer knows it
   */
  public record Launch(
      @Nullable TaskArn arn,
      @Nullable Instant launchedAt,
      @Nullable Instant retryAt,
      boolean stopWanted,
      boolean gone) {
    static final Launch NONE = new Launch(null, null, null, false, false);

    static Launch at(Instant time) {
      return new Launch(null, null, time, false, false);
    }
  }

  /**
   * What the newest description says of the task itself.
   *
   * @param version -1 before the first description
   * @param stopCode null while none was given
   */
  public record Seen(
      long version,
      LastStatus lastStatus,
      DesiredStatus desiredStatus,
      @Nullable StopCode stopCode,
      String stoppedReason) {
    static final Seen NOTHING =
        new Seen(-1, LastStatus.PROVISIONING, DesiredStatus.RUNNING, null, "");

    static Seen of(TaskDescription task) {
      return new Seen(
          task.version(),
          task.lastStatus(),
          task.desiredStatus(),
          task.stopCode(),
          task.stoppedReason());
    }
  }

  public TaskState {
    containers = List.copyOf(containers);
    evidence = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(evidence));
  }

  /** Return a task of which nothing is known but its containers. */
  public static TaskState first(TaskShape shape) {
    return fresh(shape.number(), 1, 1, shape.containers(), Launch.NONE);
  }

  private static TaskState fresh(
      int number, int attempt, int tryNumber, List<ContainerShape> containers, Launch launch) {
    return new TaskState(
        number, attempt, tryNumber, containers, launch, Seen.NOTHING, new LinkedHashMap<>());
  }

  /** Return the ARN; null until it is known. */
  public @Nullable TaskArn arn() {
    return launch.arn();
  }

  /** Return what is known of a container. */
  public ContainerEvidence evidenceOf(ContainerShape container) {
    return evidence.getOrDefault(container.name(), ContainerEvidence.NONE);
  }

  /** Return whether nothing of it runs any more. */
  public boolean over() {
    return launch.gone() || seen.lastStatus() == LastStatus.STOPPED;
  }

  /** Return whether it is over or on its way there. */
  public boolean ending() {
    return over() || seen.desiredStatus() == DesiredStatus.STOPPED;
  }

  /** Return whether any of its candidates has ever run. */
  public boolean candidateStarted() {
    return containers.stream().anyMatch(c -> c.candidate() && evidenceOf(c).started());
  }

  private TaskState with(Launch other) {
    return new TaskState(number, attempt, tryNumber, containers, other, seen, evidence);
  }

  TaskState withArn(TaskArn arn, Instant now) {
    return with(new Launch(arn, now, null, launch.stopWanted(), launch.gone()));
  }

  TaskState withoutRetry() {
    return with(
        new Launch(launch.arn(), launch.launchedAt(), null, launch.stopWanted(), launch.gone()));
  }

  TaskState thenStop() {
    return with(new Launch(launch.arn(), launch.launchedAt(), null, true, launch.gone()));
  }

  TaskState asGone() {
    return with(
        new Launch(launch.arn(), launch.launchedAt(), launch.retryAt(), launch.stopWanted(), true));
  }

  TaskState nextTry(Instant time) {
    return fresh(number, attempt, tryNumber + 1, containers, Launch.at(time));
  }

  TaskState nextAttempt(Instant time) {
    return fresh(number, attempt + 1, 1, containers, Launch.at(time));
  }

  /** Join a description: evidence always, statuses only from a newer one. */
  TaskState join(TaskDescription task, Instant now) {
    boolean newer = task.version() > seen.version();
    SequencedMap<String, ContainerEvidence> joined = new LinkedHashMap<>(evidence);
    for (ContainerDescription container : task.containers()) {
      ContainerEvidence known = joined.get(container.name());
      joined.put(
          container.name(),
          known == null
              ? ContainerEvidence.NONE.join(container, task.desiredStatus(), true, now)
              : known.join(container, task.desiredStatus(), newer, now));
    }
    Launch found =
        newer
            ? new Launch(
                launch.arn(), launch.launchedAt(), launch.retryAt(), launch.stopWanted(), false)
            : launch;
    return new TaskState(
        number, attempt, tryNumber, containers, found, newer ? Seen.of(task) : seen, joined);
  }
}
