package dev.audition.core.task;

import dev.audition.core.plan.Gate;
import dev.audition.core.plan.GateCondition;
import dev.audition.core.plan.HealthProbe;
import dev.audition.core.plan.KnownPort;
import dev.audition.core.plan.Listening;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.TaskPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lowers plans for the Docker engine of a laptop: host mounts and the hosts file are used directly,
 * no container of ours joins.
 *
 * <p>No container is essential: the run ends a task when its candidates have ended.
 */
public final class LaptopLowering {
  private static final int LONGEST_FAMILY = 255;
  private static final int UNITS_PER_CORE = 1024;

  private LaptopLowering() {}

  /**
   * Lower a plan to its task definitions, in the order of the tasks.
   *
   * @param runId the run's id; part of the definitions' families
   */
  public static List<TaskDefinition> lower(Plan plan, String runId) {
    return plan.tasks().stream().map(task -> lower(plan, task, runId)).toList();
  }

  private static TaskDefinition lower(Plan plan, TaskPlan task, String runId) {
    LaptopVolumes volumes = new LaptopVolumes(task.volumes());
    Map<String, PlannedContainer> byService =
        task.containers().stream()
            .collect(Collectors.toMap(PlannedContainer::service, container -> container));
    List<ContainerDefinition> containers =
        task.containers().stream().map(container -> lower(container, byService, volumes)).toList();
    return new TaskDefinition(
        family(runId, plan, task),
        task.size(),
        containers,
        volumes.all(),
        task.hosts(),
        platform(task));
  }

  private static String family(String runId, Plan plan, TaskPlan task) {
    String name =
        "audition-%s-%d-%d-%s".formatted(runId, plan.stepNumber(), task.number(), plan.step());
    String family = name.replaceAll("[^A-Za-z0-9_-]", "-");
    return family.length() > LONGEST_FAMILY ? family.substring(0, LONGEST_FAMILY) : family;
  }

  // Where nobody asks for a platform, the engine's own is the fastest.
  private static String platform(TaskPlan task) {
    boolean asked = task.containers().stream().anyMatch(one -> !one.platform().isEmpty());
    return asked ? "linux/" + task.architecture() : "";
  }

  private static ContainerDefinition lower(
      PlannedContainer container, Map<String, PlannedContainer> byService, LaptopVolumes volumes) {
    return new ContainerDefinition(
        container.containerName(),
        container.service(),
        container.image(),
        false,
        container.entrypoint(),
        container.command(),
        container.environment(),
        container.user(),
        container.workingDir(),
        dependsOn(container, byService),
        healthCheck(container.health()),
        container.listening(),
        ports(container),
        container.mounts().stream().map(volumes::mountPoint).toList(),
        container.tmpfs(),
        container.memoryLimitMiB(),
        cpuUnits(container.cpus()),
        container.stopGracePeriod(),
        container.stopSignal(),
        container.maximumRestarts(),
        container.init(),
        container.tty(),
        container.stdinOpen(),
        container.readOnly(),
        container.capabilitiesAdded(),
        container.capabilitiesDropped(),
        container.groups(),
        container.ulimits(),
        container.sysctls(),
        container.shmSizeBytes(),
        container.labels(),
        AccountOptions.NONE);
  }

  private static List<ContainerDependency> dependsOn(
      PlannedContainer container, Map<String, PlannedContainer> byService) {
    return container.gates().stream()
        .filter(gate -> byService.containsKey(gate.service()))
        .map(gate -> dependency(gate, byService))
        .toList();
  }

  private static ContainerDependency dependency(
      Gate gate, Map<String, PlannedContainer> byService) {
    PlannedContainer target = byService.get(gate.service());
    String name = target == null ? gate.service() : target.containerName();
    return new ContainerDependency(name, condition(gate.condition()));
  }

  private static ContainerCondition condition(GateCondition condition) {
    return switch (condition) {
      case STARTED -> ContainerCondition.START;
      case LISTENING -> ContainerCondition.LISTENING;
      case HEALTHY -> ContainerCondition.HEALTHY;
      case COMPLETED_SUCCESSFULLY -> ContainerCondition.SUCCESS;
    };
  }

  private static @Nullable HealthCheck healthCheck(@Nullable HealthProbe probe) {
    return probe == null
        ? null
        : new HealthCheck(
            probe.command(),
            probe.interval(),
            probe.timeout(),
            probe.retries(),
            probe.startPeriod(),
            probe.origin() == HealthProbe.Origin.CATALOGUE);
  }

  // What proves a check is what shows readiness: the ports others name, where they name some.
  private static List<Integer> ports(PlannedContainer container) {
    Listening listening = container.listening();
    return listening != null
        ? listening.ports()
        : container.ports().stream().map(KnownPort::port).distinct().toList();
  }

  private static @Nullable Integer cpuUnits(@Nullable Double cores) {
    return cores == null ? null : (int) Math.max(2, Math.round(cores * UNITS_PER_CORE));
  }
}
