package dev.audition.local;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A runtime whose first launch calls somebody to guard what is launched. */
final class GuardedRuntime implements TaskRuntime {
  private final TaskRuntime runtime;
  private final Runnable guard;
  private final AtomicBoolean called = new AtomicBoolean();

  GuardedRuntime(TaskRuntime runtime, Runnable guard) {
    this.runtime = runtime;
    this.guard = guard;
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    LaunchAnswer answer = runtime.launch(launch);
    if (called.compareAndSet(false, true)) {
      guard.run();
    }
    return answer;
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    runtime.stop(taskArn, reason);
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
