package dev.audition.core.run;

import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.util.List;

/** Something that happened to a run. Every one may come twice, late, or not at all. */
public sealed interface RunEvent {
  /** The run may begin. */
  record Started() implements RunEvent {}

  /**
   * A step is ready to launch.
   *
   * @param attempt the {@link RunCommand.PrepareStep#attempt()} it answers
   * @param tasks empty for a build step
   */
  record StepPrepared(int step, int attempt, List<TaskShape> tasks, List<String> warnings)
      implements RunEvent {
    public StepPrepared {
      tasks = List.copyOf(tasks);
      warnings = List.copyOf(warnings);
    }
  }

  /** A step could not be made ready. */
  record PreparationFailed(int step, int attempt, Kind kind, String reason) implements RunEvent {
    /** Whose trouble it is. */
    public enum Kind {
      /** The user's build failed. */
      BUILD_FAILED,
      /** Known only now that it cannot be. */
      REFUSED,
      /** The engine or a registry did not answer. */
      UNAVAILABLE
    }
  }

  /** A task exists. */
  record Launched(TaskKey key, TaskArn arn) implements RunEvent {}

  /** A task was not launched by this try and will not be. */
  record LaunchRefused(TaskKey key, int tryNumber, RefusalKind kind, String reason)
      implements RunEvent {}

  /** A task was seen in a state. */
  record TaskStateChanged(TaskDescription task) implements RunEvent {}

  /** The runtime has heard that a task is to end. */
  record StopAnswered(TaskArn arn) implements RunEvent {}

  /**
   * All tasks of a step were asked for.
   *
   * @param asked the ARNs asked for
   * @param found descriptions of those the runtime knows
   */
  record Checked(int step, List<TaskArn> asked, List<TaskDescription> found) implements RunEvent {
    public Checked {
      asked = List.copyOf(asked);
      found = List.copyOf(found);
    }
  }

  /** Performing a command broke in a way that nothing foresaw. */
  record CommandBroke(String commandId, String reason) implements RunEvent {}

  /**
   * Time has passed: a deadline, or the moment of another try, may be over. Which one the run
   * itself knows; too early does no harm.
   */
  record DeadlinePassed() implements RunEvent {}

  /**
   * Somebody wants the run to end.
   *
   * @param by who, such as {@code Ctrl-C}
   * @param reason why; empty if they did not say
   */
  record CancelRequested(String by, String reason) implements RunEvent {}

  /** The queue has taken a notification. */
  record HookQueued(HookKey key) implements RunEvent {}

  /**
   * A notification was sent once.
   *
   * @param tryNumber 1-based, over all times it was queued
   * @param detail what the receiver said, or why it was not reached
   */
  record HookTried(HookKey key, int tryNumber, Outcome outcome, String detail) implements RunEvent {
    /** What came of it. */
    public enum Outcome {
      /** The receiver took it. */
      DELIVERED,
      /** It did not, and is asked again. */
      TRIED_AGAIN,
      /** It did not, and is not asked again. */
      GIVEN_UP
    }
  }
}
