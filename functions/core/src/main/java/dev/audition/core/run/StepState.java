package dev.audition.core.run;

import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run.
 *
 * @param preparation how often its preparation was asked for
 * @param times when it began, must end, ended
 * @param tasks empty until it is prepared
 * @param verdict null while it has none
 * @param cause null while it has no verdict
 */
public record StepState(
    StepSettings settings,
    int preparation,
    Times times,
    List<TaskState> tasks,
    @Nullable Verdict verdict,
    @Nullable Cause cause) {
  /**
   * Moments of a step.
   *
   * @param startedAt null before it begins
   * @param deadline null before it begins
   * @param retryAt when it is prepared again; null if nothing waits for that
   * @param endedAt null before its verdict
   */
  public record Times(
      @Nullable Instant startedAt,
      @Nullable Instant deadline,
      @Nullable Instant retryAt,
      @Nullable Instant endedAt) {
    static final Times NONE = new Times(null, null, null, null);
  }

  public StepState {
    tasks = List.copyOf(tasks);
  }

  /** Return a step that has not begun. */
  public static StepState waiting(StepSettings settings) {
    return new StepState(settings, 0, Times.NONE, List.of(), null, null);
  }

  /** Return its number, 1-based. */
  public int number() {
    return settings.number();
  }

  /** Return its name. */
  public String name() {
    return settings.name();
  }

  /** Return whether it has begun and has no verdict. */
  public boolean current() {
    return times.startedAt() != null && verdict == null;
  }

  /** Return whether its verdict may decide the run's. */
  public boolean counts() {
    return settings.failFast()
        || settings.strictFailFast()
        || verdict == Verdict.CANCELLED
        || (cause != null && cause.kind() == Cause.Kind.RUN);
  }

  /** Return whether the run ends with it, its verdict being what it is. */
  boolean endsRun() {
    return verdict != null
        && !verdict.success()
        && (settings.failFast()
            || verdict == Verdict.CANCELLED
            || (cause != null && cause.kind() == Cause.Kind.RUN));
  }

  /** Return whether any candidate of any of its tasks has run at this attempt. */
  boolean candidateStarted() {
    return tasks.stream().anyMatch(TaskState::candidateStarted);
  }

  Optional<TaskState> task(int number) {
    return tasks.stream().filter(task -> task.number() == number).findFirst();
  }

  /** Return the key of a task at its current attempt. */
  TaskKey key(RunId run, TaskState task) {
    return new TaskKey(run, number(), task.number(), task.attempt());
  }

  StepState begin(Instant now) {
    return new StepState(
        settings,
        1,
        new Times(now, now.plus(settings.timeout()), null, null),
        tasks,
        verdict,
        cause);
  }

  StepState prepared(List<TaskShape> shapes) {
    return with(shapes.stream().map(TaskState::first).toList());
  }

  StepState prepareAt(Instant time) {
    return with(new Times(times.startedAt(), times.deadline(), time, null));
  }

  StepState prepareAgain() {
    return new StepState(
        settings,
        preparation + 1,
        new Times(times.startedAt(), times.deadline(), null, null),
        tasks,
        verdict,
        cause);
  }

  /** Return this with a deadline no earlier than a time from now. */
  StepState withDeadlineNotBefore(Instant time) {
    Instant deadline = times.deadline();
    Instant later = deadline == null || deadline.isBefore(time) ? time : deadline;
    return with(new Times(times.startedAt(), later, null, null));
  }

  StepState end(Verdict result, Cause because, Instant now) {
    return new StepState(
        settings,
        preparation,
        new Times(times.startedAt(), times.deadline(), null, now),
        tasks,
        result,
        because);
  }

  StepState with(List<TaskState> others) {
    return new StepState(settings, preparation, times, others, verdict, cause);
  }

  StepState with(TaskState task) {
    List<TaskState> changed = new ArrayList<>(tasks);
    changed.replaceAll(known -> known.number() == task.number() ? task : known);
    return with(changed);
  }

  private StepState with(Times other) {
    return new StepState(settings, preparation, other, tasks, verdict, cause);
  }

  /** Return how long it took, or has taken so far. */
  Duration took(Instant now) {
    Instant from = times.startedAt();
    Instant to = times.endedAt();
    return from == null ? Duration.ZERO : Duration.between(from, to == null ? now : to);
  }
}
