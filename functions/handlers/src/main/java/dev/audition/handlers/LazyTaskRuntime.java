package dev.audition.handlers;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.util.List;
import java.util.function.Supplier;

/** A runtime that is made when it is first asked for something. */
record LazyTaskRuntime(Supplier<? extends TaskRuntime> runtime) implements TaskRuntime {
  @Override
  public LaunchAnswer launch(Launch launch) {
    return runtime.get().launch(launch);
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    runtime.get().stop(taskArn, reason);
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    return runtime.get().describe(taskArns);
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    return runtime.get().find(startedBy);
  }
}
