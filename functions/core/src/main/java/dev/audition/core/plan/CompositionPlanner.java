package dev.audition.core.plan;

import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Step;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.size.TaskSize;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Plans one composition step: one task for all of its containers. */
final class CompositionPlanner {
  /** From the stop signal to SIGKILL where the composition says nothing: compose's default. */
  static final Duration USUAL_GRACE = Duration.ofSeconds(10);

  /** The longest stopTimeout on Fargate. */
  static final Duration LONGEST_GRACE = Duration.ofMinutes(2);

  private final Workspace workspace;
  private final ImageConfigs images;
  private final MountSources sources;
  private final String buildPrefix;
  private final Findings findings;

  CompositionPlanner(
      Workspace workspace,
      ImageConfigs images,
      MountSources sources,
      String buildPrefix,
      Findings findings) {
    this.workspace = workspace;
    this.images = images;
    this.sources = sources;
    this.buildPrefix = buildPrefix;
    this.findings = findings;
  }

  CompositionPlan plan(Step.CompositionStep step) {
    Drafts reading = new Drafts(images, buildPrefix, findings);
    List<Draft> drafts = reading.of(step);
    if (drafts.isEmpty() || TaskSizing.beyondPlanning(step.location(), drafts, findings)) {
      return new CompositionPlan(List.of(), List.of());
    }
    ServiceNames names = ServiceNames.of(drafts, findings);
    PortReading.Ports ports = PortReading.read(drafts, names);
    Set<String> oneShots = GateReading.oneShots(drafts);
    Readiness readiness = Readiness.of(drafts, ports, oneShots, findings);
    Gates gates = GateReading.read(drafts, readiness, findings);
    PortClashes.check(drafts, ports, gates, findings);
    ReadinessReadings.write(drafts, ports, readiness, gates, findings);
    MountReading.Mounts mounts = MountReading.read(drafts, workspace, sources, findings);
    TaskSize size = TaskSizing.size(step.location(), drafts, gates, findings);
    List<PlannedContainer> containers =
        gates.sorted(drafts).stream()
            .map(draft -> container(draft, names, ports, readiness, gates, mounts))
            .toList();
    TaskPlan task =
        new TaskPlan(
            1,
            containers,
            mounts.volumes(),
            names.hosts(),
            size,
            Architecture.of(drafts, findings),
            ArtifactReading.read(
                step.composition().settings().artifacts(), drafts, mounts, workspace, findings));
    return new CompositionPlan(List.of(task), reading.builds());
  }

  private PlannedContainer container(
      Draft draft,
      ServiceNames names,
      PortReading.Ports ports,
      Readiness readiness,
      Gates gates,
      MountReading.Mounts mounts) {
    ServiceConfig service = draft.service();
    return new PlannedContainer(
        draft.name(),
        names.containerNames().getOrDefault(draft.name(), draft.name()),
        draft.candidate(),
        draft.location(),
        draft.image(),
        draft.buildName(),
        draft.entrypoint(),
        draft.command(),
        draft.environment(),
        service.get(ServiceKey.USER, ""),
        service.get(ServiceKey.WORKING_DIR, ""),
        gates.of(draft),
        readiness.health(draft),
        readiness.listening(draft),
        ports.known().getOrDefault(draft.name(), List.of()),
        mounts.of(draft),
        MountReading.tmpfs(draft),
        TaskSizing.memoryMiB(draft),
        TaskSizing.memoryLimitMiB(draft),
        service.find(ServiceKey.CPUS).filter(cores -> cores > 0).orElse(null),
        grace(draft),
        service.get(ServiceKey.STOP_SIGNAL, ""),
        RestartReading.read(draft, readiness.oneShots(), findings),
        service.get(ServiceKey.INIT, false),
        service.get(ServiceKey.TTY, false),
        service.get(ServiceKey.STDIN_OPEN, false),
        service.get(ServiceKey.READ_ONLY, false),
        service.get(ServiceKey.CAP_ADD, List.of()),
        service.get(ServiceKey.CAP_DROP, List.of()),
        service.get(ServiceKey.GROUP_ADD, List.of()),
        service.get(ServiceKey.ULIMITS, new LinkedHashMap<>()),
        service.get(ServiceKey.SYSCTLS, new LinkedHashMap<>()),
        service.find(ServiceKey.SHM_SIZE).orElse(null),
        service.get(ServiceKey.PLATFORM, ""),
        service.get(ServiceKey.LABELS, new LinkedHashMap<>()));
  }

  private Duration grace(Draft draft) {
    Duration grace = draft.service().get(ServiceKey.STOP_GRACE_PERIOD, USUAL_GRACE);
    if (grace.compareTo(LONGEST_GRACE) > 0) {
      findings
          .diagnostics()
          .warn(
              Category.EMULATED,
              draft.service().locationOf(ServiceKey.STOP_GRACE_PERIOD),
              draft.path(ServiceKey.STOP_GRACE_PERIOD),
              "Fargate kills a container 120 seconds after its stop signal at the latest",
              "");
    }
    return grace;
  }
}
