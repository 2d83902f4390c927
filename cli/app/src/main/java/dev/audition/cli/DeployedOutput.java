package dev.audition.cli;

import dev.audition.aws.logs.CloudWatchLogSource;
import dev.audition.core.run.ContainerShape;
import dev.audition.core.run.Run;
import dev.audition.core.run.StepState;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.TaskState;
import dev.audition.core.task.TaskArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The output of one container of a run in a deployment.
 *
 * @param startedBy the task's {@code <run id>/<step number>/<task number>/<attempt>}
 * @param step 1-based
 * @param container its name in the task definition
 * @param service the user's name for it
 * @param ours whether it is a container of Audition's own
 */
record DeployedOutput(String startedBy, int step, String container, String service, boolean ours) {
  /** List those of tasks that were launched, in the order of steps, tasks and containers. */
  static List<DeployedOutput> of(Run run) {
    List<DeployedOutput> outputs = new ArrayList<>();
    for (StepState step : run.steps()) {
      for (TaskState task : step.tasks()) {
        if (task.launch().arn() != null) {
          for (ContainerShape container : task.containers()) {
            outputs.add(
                new DeployedOutput(
                    startedBy(run, step, task),
                    step.number(),
                    container.name(),
                    container.service(),
                    container.ours()));
          }
        }
      }
    }
    return outputs;
  }

  /** Return how tasks of a run are found: it remembers the one of each task's last attempt. */
  static CloudWatchLogSource.Tasks tasks(Run run) {
    return startedBy -> find(run, startedBy);
  }

  private static Optional<TaskArn> find(Run run, String startedBy) {
    for (StepState step : run.steps()) {
      for (TaskState task : step.tasks()) {
        if (startedBy(run, step, task).equals(startedBy)) {
          return Optional.ofNullable(task.launch().arn());
        }
      }
    }
    return Optional.empty();
  }

  private static String startedBy(Run run, StepState step, TaskState task) {
    return new TaskKey(run.id(), step.number(), task.number(), task.attempt()).startedBy();
  }
}
