package dev.audition.handlers.wire;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.util.List;

/** A runtime around whose calls functions die. */
record MortalTaskRuntime(TaskRuntime runtime, Deaths deaths) implements TaskRuntime {
  @Override
  public LaunchAnswer launch(Launch launch) {
    return deaths.around("launch", () -> runtime.launch(launch));
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    deaths.around("stop", () -> runtime.stop(taskArn, reason));
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    return deaths.around("describe", () -> runtime.describe(taskArns));
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    return deaths.around("find", () -> runtime.find(startedBy));
  }
}
