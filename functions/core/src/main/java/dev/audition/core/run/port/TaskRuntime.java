package dev.audition.core.run.port;

import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks as ECS does: dependsOn, essential, health, stop order, exit codes, stop codes,
 * reasons.
 *
 * <p>Changes of a task are told to whoever subscribed, in any order and more than once.
 */
public interface TaskRuntime {
  /**
   * One launch.
   *
   * @param startedBy {@code <run id>/<step number>/<task number>/<attempt>}
   * @param clientToken the same token with the same definition launches once
   * @param values what this launch adds to the definition
   * @param deadline when the task must have ended, whoever is there to see to it; null for none
   */
  record Launch(
      String startedBy,
      String clientToken,
      TaskDefinition definition,
      LaunchValues values,
      @Nullable Instant deadline) {
    /** Make one of which everything is in the definition. */
    public Launch(String startedBy, String clientToken, TaskDefinition definition) {
      this(startedBy, clientToken, definition, LaunchValues.NONE, null);
    }
  }

  /** The answer to a launch. */
  sealed interface LaunchAnswer {
    /** The task exists; a replay of the same token gives the same one. */
    record Launched(TaskArn taskArn) implements LaunchAnswer {}

    /** Nothing was started and nothing will be. */
    record Refused(RefusalKind kind, String reason) implements LaunchAnswer {}
  }

  /** Whose trouble a refused launch is. */
  enum RefusalKind {
    /** The composition asks for something that cannot be. */
    COMPOSITION,
    /** Capacity, quota, the engine: worth another try. */
    CAPACITY,
    /** Anything else outside of the composition; not worth another try. */
    OUTSIDE
  }

  /**
   * Launch a task; returns when it exists, not when it runs.
   *
   * @throws RuntimeUnavailableException if it is not known whether it was launched
   */
  LaunchAnswer launch(Launch launch);

  /**
   * Ask for a task's end: stop signals in the reverse order of dependencies. Returns at once;
   * asking again, or for a task that is gone, does nothing.
   *
   * @throws RuntimeUnavailableException if it is not known whether it was heard
   */
  void stop(TaskArn taskArn, String reason);

  /** Describe the tasks that are known; stopped ones stay known for an hour at least. */
  List<TaskDescription> describe(List<TaskArn> taskArns);

  /** Find tasks by {@link Launch#startedBy}, running or stopped. */
  List<TaskDescription> find(String startedBy);
}
