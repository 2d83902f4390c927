package dev.audition.handlers;

import dev.audition.core.run.RunId;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskDefinition;
import java.util.List;
import java.util.function.Supplier;

/** A preparation that is made when it is first asked for something. */
record LazyPreparation(Supplier<? extends StepPreparation> preparation) implements StepPreparation {
  @Override
  public Prepared prepare(RunId run, int stepNumber) {
    return preparation.get().prepare(run, stepNumber);
  }

  @Override
  public List<TaskDefinition> definitions(RunId run, int stepNumber) {
    return preparation.get().definitions(run, stepNumber);
  }

  @Override
  public LaunchValues values(RunId run, int stepNumber, int taskNumber) {
    return preparation.get().values(run, stepNumber, taskNumber);
  }
}
