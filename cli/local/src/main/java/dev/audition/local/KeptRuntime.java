package dev.audition.local;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.util.List;

/**
 * A runtime whose tasks are not stopped: {@code --keep} leaves what runs running, for a look
 * inside.
 */
record KeptRuntime(TaskRuntime runtime) implements TaskRuntime {
  @Override
  public LaunchAnswer launch(Launch launch) {
    return runtime.launch(launch);
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    if (!ended.getAsBoolean()) {
      runtime.stop(taskArn, reason);
    }
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    return runtime.describe(taskArns);
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    return runtime.find(startedBy);
  }
}
