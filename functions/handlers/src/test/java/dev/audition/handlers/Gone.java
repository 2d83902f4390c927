package dev.audition.handlers;

import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import java.util.List;

/** Whoever commits and does not live to perform: the store is there, and nothing else. */
final class Gone implements TaskRuntime, StepPreparation {
  private Gone() {}

  static RunPorts ports(RunStore store) {
    Gone gone = new Gone();
    return new RunPorts(
        store,
        gone,
        gone,
        _ -> {
          throw unavailable();
        });
  }

  private static RuntimeUnavailableException unavailable() {
    return new RuntimeUnavailableException("gone", new IllegalStateException("gone"));
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    throw unavailable();
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    throw unavailable();
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    throw unavailable();
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    throw unavailable();
  }

  @Override
  public Prepared prepare(RunId run, int stepNumber) {
    throw unavailable();
  }

  @Override
  public List<TaskDefinition> definitions(RunId run, int stepNumber) {
    throw unavailable();
  }

  @Override
  public LaunchValues values(RunId run, int stepNumber, int taskNumber) {
    throw unavailable();
  }
}
