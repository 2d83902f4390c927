package dev.audition.local;

import dev.audition.core.run.port.ForwardingTaskRuntime;
import dev.audition.core.run.port.TaskRuntime;
import java.util.concurrent.atomic.AtomicBoolean;

/** A runtime whose first launch calls somebody to guard what is launched. */
final class GuardedRuntime implements ForwardingTaskRuntime {
  private final TaskRuntime runtime;
  private final Runnable guard;
  private final AtomicBoolean called = new AtomicBoolean();

  GuardedRuntime(TaskRuntime runtime, Runnable guard) {
    this.runtime = runtime;
    this.guard = guard;
  }

  @Override
  public TaskRuntime runtime() {
    return runtime;
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    LaunchAnswer answer = runtime.launch(launch);
    if (called.compareAndSet(false, true)) {
      guard.run();
    }
    return answer;
  }
}
