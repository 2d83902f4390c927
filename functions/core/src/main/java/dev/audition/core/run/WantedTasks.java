package dev.audition.core.run;

import dev.audition.core.task.TaskArn;
import java.util.Optional;

/** Says whether a task that runs is one that its run wants to run. */
public final class WantedTasks {
  private WantedTasks() {}

  /**
   * Say why nobody wants a task; empty if somebody does, or may: a launch whose answer is still to
   * come may have brought it about.
   *
   * @param run loaded after the task was seen; empty if it is not stored
   */
  public static Optional<String> whyUnwanted(Optional<Run> run, TaskKey key, TaskArn arn) {
    if (run.isEmpty()) {
      return Optional.of("there is no run " + key.run());
    }
    if (run.get().verdict() != null) {
      return Optional.of("run " + key.run() + " has ended");
    }
    Optional<StepState> step = run.get().step(key.step());
    if (step.isEmpty() || step.get().verdict() != null) {
      return Optional.of("step %d has ended".formatted(key.step()));
    }
    Optional<TaskState> task = step.get().task(key.task());
    if (task.isEmpty() || task.get().attempt() != key.attempt()) {
      return Optional.of("attempt %d is over".formatted(key.attempt()));
    }
    TaskArn known = task.get().arn();
    return known == null || known.equals(arn)
        ? Optional.empty()
        : Optional.of("the attempt has another task");
  }
}
