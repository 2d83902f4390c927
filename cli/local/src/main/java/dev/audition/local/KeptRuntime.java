package dev.audition.local;

import dev.audition.core.run.port.ForwardingTaskRuntime;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskArn;
import java.util.function.BooleanSupplier;

/**
 * A runtime for {@code --keep}: what runs when the run has its verdict goes on running, for a look
 * inside. Earlier steps make room as ever.
 *
 * @param ended whether the run has its verdict
 */
record KeptRuntime(TaskRuntime runtime, BooleanSupplier ended) implements ForwardingTaskRuntime {
  @Override
  public void stop(TaskArn taskArn, String reason) {
    if (!ended.getAsBoolean()) {
      runtime.stop(taskArn, reason);
    }
  }
}
