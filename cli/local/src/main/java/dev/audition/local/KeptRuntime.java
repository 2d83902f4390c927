package dev.audition.local;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A runtime for {@code --keep}: what runs when the run has its verdict goes on running, for a look
 * inside. Earlier steps make room as ever.
 *
 * @param ended whether the run has its verdict
 */
record KeptRuntime(TaskRuntime runtime, BooleanSupplier ended) implements TaskRuntime {
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
