package dev.audition.handlers.wire;

import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.Plan;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.task.FargateLowering;
import dev.audition.core.task.FargateOptions;
import dev.audition.core.task.FargateTask;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Steps that were planned before, lowered to Fargate. */
final class LoweredPreparation implements StepPreparation {
  private final Map<RunId, List<FargateTask>> tasks = new ConcurrentHashMap<>();

  /** Say what the only step of a run is. */
  void plan(RunId run, Plan plan) {
    tasks.put(
        run,
        FargateLowering.lower(
                plan,
                ImageConfigs.NONE,
                FargateOptions.of("/work/shop").withOwnImage(FargateImages.OWN))
            .tasks());
  }

  @Override
  public Prepared prepare(RunId run, int stepNumber) {
    return new Prepared.Ready(definitions(run, stepNumber), List.of());
  }

  @Override
  public List<TaskDefinition> definitions(RunId run, int stepNumber) {
    return of(run).stream().map(FargateTask::definition).toList();
  }

  @Override
  public LaunchValues values(RunId run, int stepNumber, int taskNumber) {
    return of(run).get(taskNumber - 1).values();
  }

  private List<FargateTask> of(RunId run) {
    return tasks.getOrDefault(run, List.of());
  }
}
