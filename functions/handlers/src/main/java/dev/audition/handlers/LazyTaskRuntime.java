package dev.audition.handlers;

import dev.audition.core.run.port.ForwardingTaskRuntime;
import dev.audition.core.run.port.TaskRuntime;
import java.util.function.Supplier;

/** A runtime that is made when it is first asked for something. */
record LazyTaskRuntime(Supplier<? extends TaskRuntime> made) implements ForwardingTaskRuntime {
  @Override
  public TaskRuntime runtime() {
    return made.get();
  }
}
