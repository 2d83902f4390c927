package dev.audition.core.run.port;

import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.util.List;

/** A runtime around another, which does all that it does not do itself. */
public interface ForwardingTaskRuntime extends TaskRuntime {
  /** Return the other one. */
  TaskRuntime runtime();

  @Override
  default LaunchAnswer launch(Launch launch) {
    return runtime().launch(launch);
  }

  @Override
  default void stop(TaskArn taskArn, String reason) {
    runtime().stop(taskArn, reason);
  }

  @Override
  default List<TaskDescription> describe(List<TaskArn> taskArns) {
    return runtime().describe(taskArns);
  }

  @Override
  default List<TaskDescription> find(String startedBy) {
    return runtime().find(startedBy);
  }
}
