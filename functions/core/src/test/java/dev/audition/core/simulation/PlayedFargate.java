package dev.audition.core.simulation;

import static dev.audition.core.testkit.TaskDefinitions.task;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fargate as an account sees it: it refuses what is above the account's vCPUs and throttles calls
 * that come too fast; tasks start, run and stop by the clock, and each change is told.
 */
final class PlayedFargate implements TaskRuntime, StepPreparation {
  private static final TaskDefinition DEFINITION = task().essential("tests").build();
  private static final String QUOTA =
      "You've reached the limit on the number of vCPUs you can run concurrently";

  final Map<String, Integer> calls = new LinkedHashMap<>();
  int mostInUse;
  double usedUnitSeconds;
  private final VirtualTime time;
  private final Map<RunId, RunPlan> plans;
  private final int accountUnits;
  private final int spotPercent;
  private final int callsPerSecond;
  private final Consumer<TaskDescription> told;
  private final Map<TaskArn, TaskDescription> tasks = new HashMap<>();
  private final Map<String, TaskArn> tokens = new HashMap<>();
  private final EnumMap<CapacityPool, Integer> inUse = new EnumMap<>(CapacityPool.class);
  private Instant usedSince = Instant.EPOCH;
  private Instant second = Instant.EPOCH;
  private int callsThisSecond;

  PlayedFargate(
      VirtualTime time,
      Map<RunId, RunPlan> plans,
      Scenario scenario,
      int callsPerSecond,
      Consumer<TaskDescription> told) {
    this.time = time;
    this.plans = plans;
    this.accountUnits = scenario.accountVcpus() * 1024;
    this.spotPercent = scenario.spotPercent();
    this.callsPerSecond = callsPerSecond;
    this.told = told;
  }

  private void count(String call) {
    calls.merge(call, 1, Integer::sum);
  }

  private int used(CapacityPool pool) {
    return inUse.getOrDefault(pool, 0);
  }

  private void use(CapacityPool pool, int units) {
    Instant now = time.instant();
    int before = inUse.values().stream().mapToInt(Integer::intValue).sum();
    if (before > 0) {
      usedUnitSeconds += before * (now.toEpochMilli() - usedSince.toEpochMilli()) / 1000.0;
    }
    usedSince = now;
    inUse.merge(pool, units, Integer::sum);
    mostInUse = Math.max(mostInUse, used(pool));
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    count("RunTask");
    TaskArn replayed = tokens.get(launch.clientToken());
    if (replayed != null) {
      return new LaunchAnswer.Launched(replayed);
    }
    if (throttled()) {
      count("RunTask, throttled");
      return new LaunchAnswer.Refused(RefusalKind.CAPACITY, "ThrottlingException: Rate exceeded");
    }
    TaskKey key = TaskKey.parse(launch.startedBy()).orElseThrow();
    RunPlan plan = Objects.requireNonNull(plans.get(key.run()));
    CapacityPool pool = CapacityPool.of(plan.id(), spotPercent);
    if (used(pool) + plan.cpuUnits() > accountUnits) {
      count("RunTask, above the quota");
      return new LaunchAnswer.Refused(RefusalKind.CAPACITY, QUOTA);
    }
    use(pool, plan.cpuUnits());
    TaskArn arn = new TaskArn("arn:simulated:task/" + launch.startedBy());
    tokens.put(launch.clientToken(), arn);
    Instant created = time.instant();
    change(arn, launch.startedBy(), 1, LastStatus.PENDING, null, created);
    double started = plan.startSeconds();
    double ended = started + plan.candidateSeconds();
    String by = launch.startedBy();
    time.in(
        VirtualTime.seconds(started), () -> change(arn, by, 2, LastStatus.RUNNING, null, created));
    time.in(VirtualTime.seconds(ended), () -> change(arn, by, 3, LastStatus.RUNNING, 0, created));
    time.in(
        VirtualTime.seconds(plan.occupies()),
        () -> {
          use(pool, -plan.cpuUnits());
          change(arn, by, 4, LastStatus.STOPPED, 0, created);
        });
    return new LaunchAnswer.Launched(arn);
  }

  private boolean throttled() {
    Instant now = Instant.ofEpochSecond(time.instant().getEpochSecond());
    if (!now.equals(second)) {
      second = now;
      callsThisSecond = 0;
    }
    return ++callsThisSecond > callsPerSecond;
  }

  private void change(
      TaskArn arn,
      String startedBy,
      int version,
      LastStatus status,
      @Nullable Integer exitCode,
      Instant created) {
    Instant now = time.instant();
    boolean begun = version > 1;
    boolean ended = exitCode != null;
    ContainerDescription candidate =
        new ContainerDescription(
            "tests",
            ended ? LastStatus.STOPPED : begun ? LastStatus.RUNNING : LastStatus.PENDING,
            exitCode,
            "",
            HealthStatus.UNKNOWN,
            begun,
            begun ? now : null,
            ended ? now : null,
            0,
            null);
    boolean stopped = status == LastStatus.STOPPED;
    TaskDescription task =
        new TaskDescription(
            arn,
            startedBy,
            version,
            status,
            ended ? DesiredStatus.STOPPED : DesiredStatus.RUNNING,
            List.of(candidate),
            ended ? StopCode.ESSENTIAL_CONTAINER_EXITED : null,
            ended ? "Essential container in task exited" : "",
            created,
            begun ? now : null,
            stopped ? now : null);
    tasks.put(arn, task);
    told.accept(task);
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    count("StopTask");
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    count("DescribeTasks");
    return taskArns.stream().flatMap(arn -> Optional.ofNullable(tasks.get(arn)).stream()).toList();
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    count("ListTasks");
    return tasks.values().stream().filter(task -> task.startedBy().equals(startedBy)).toList();
  }

  @Override
  public Prepared prepare(RunId run, int stepNumber) {
    return new Prepared.Ready(definitions(run, stepNumber), List.of());
  }

  @Override
  public List<TaskDefinition> definitions(RunId run, int stepNumber) {
    return List.of(DEFINITION);
  }

  boolean idle() {
    return inUse.values().stream().allMatch(units -> units == 0);
  }
}
