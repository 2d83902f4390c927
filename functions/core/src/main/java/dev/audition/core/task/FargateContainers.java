package dev.audition.core.task;

import dev.audition.core.compose.Capabilities;
import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.Ulimit;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.image.ImageReference;
import dev.audition.core.plan.HealthProbe;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.TaskPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Lowers the containers of one task of a composition, and says what Fargate does not have. */
final class FargateContainers {
  /** The range of stopTimeout on Fargate (API reference, ContainerDefinition). */
  private static final Duration SHORTEST_STOP = Duration.ofSeconds(2);

  private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

  /** What the container engine reserves of a container's memory (API reference). */
  private static final int LEAST_MEMORY_MIB = 6;

  /** The only capability that Fargate adds. */
  private static final String SYS_PTRACE = "SYS_PTRACE";

  private final FargateGates gates;
  private final FargateMounts mounts;
  private final FargateVariables variables;
  private final Grants grants;
  private final ImageConfigs images;
  private final Diagnostics diagnostics;
  private final double cpuFactor;

  FargateContainers(
      TaskPlan task,
      FargateGates gates,
      FargateMounts mounts,
      FargateVariables variables,
      Grants grants,
      ImageConfigs images,
      Diagnostics diagnostics) {
    this.gates = gates;
    this.mounts = mounts;
    this.variables = variables;
    this.grants = grants;
    this.images = images;
    this.diagnostics = diagnostics;
    double wanted =
        task.containers().stream()
            .mapToDouble(container -> container.cpus() == null ? 0 : container.cpus() * 1024)
            .sum();
    this.cpuFactor = Math.min(1, task.size().cpuUnits() / Math.max(1, wanted));
  }

  /** Lower one. */
  ContainerDefinition lower(PlannedContainer container) {
    Optional<ImageConfig> image = images.find(container.image());
    FargateMounts.Mounted mounted = mounts.mount(container, image);
    StartLine line = startLine(container, image, mounted);
    FargateVariables.Defined defined = variables.sort(container);
    sayWhatIsNotThere(container, image);
    return new ContainerDefinition(
        container.containerName(),
        container.service(),
        container.image(),
        false,
        line.entryPoint(),
        line.command(),
        defined.environment(),
        container.user(),
        container.workingDir(),
        gates.dependsOn(container),
        health(container),
        null,
        List.of(),
        mounted.mountPoints(),
        container.tmpfs().stream()
            .filter(tmpfs -> isMountable(tmpfs, container))
            .map(tmpfs -> tmpfs(container, tmpfs))
            .toList(),
        container.memoryLimitMiB(),
        cpuUnits(container.cpus()),
        stopTimeout(container),
        "",
        restarts(container),
        container.init(),
        container.tty(),
        container.stdinOpen(),
        container.readOnly(),
        capabilities(container.capabilitiesAdded()).stream().filter(SYS_PTRACE::equals).toList(),
        // What ECS does not know no container has, so there is nothing to drop.
        capabilities(container.capabilitiesDropped()).stream()
            .filter(Capabilities.ECS::contains)
            .toList(),
        List.of(),
        ulimits(container),
        systemControls(container),
        null,
        container.labels(),
        new AccountOptions(
            defined.secrets(), credentials(container.image()), container.candidate()));
  }

  private String credentials(String image) {
    return ImageReference.parse(image)
        .map(ImageReference::registry)
        .map(host -> grants.registries().get(host))
        .orElse("");
  }

  private StartLine startLine(
      PlannedContainer container, Optional<ImageConfig> image, FargateMounts.Mounted mounted) {
    Optional<StartLine> line =
        mounted.files().isEmpty()
            ? StartLine.of(container, image)
            : StartLine.placingFiles(container, image, mounted.files());
    if (line.isEmpty()) {
      refuse(
          container,
          "entrypoint",
          "an entry point or command is cleared, and what is left to run is not known",
          "Write the whole entrypoint and command.");
    }
    return line.orElseGet(() -> new StartLine(null, null));
  }

  private void sayWhatIsNotThere(PlannedContainer container, Optional<ImageConfig> image) {
    if (container.buildName() != null) {
      refuse(
          container,
          "build",
          "the image %s is built here, and Fargate pulls images from a registry"
              .formatted(container.image()),
          "Push it and name it in image.");
    }
    for (String capability : capabilities(container.capabilitiesAdded())) {
      if (!capability.equals(SYS_PTRACE)) {
        refuse(
            container,
            "cap_add",
            "Fargate gives no capability but SYS_PTRACE, not " + capability,
            "Remove it.");
      }
    }
    if (container.image().length() > TaskDefinitionRules.LONGEST_IMAGE) {
      refuse(
          container,
          "image",
          "the image's name has %d characters, and ECS takes at most %d"
              .formatted(container.image().length(), TaskDefinitionRules.LONGEST_IMAGE),
          "Push it under a shorter name.");
    }
    Integer memory = container.memoryLimitMiB();
    if (memory != null && memory < LEAST_MEMORY_MIB) {
      refuse(
          container,
          "mem_limit",
          "a container has at least %d MiB on Fargate, not %d".formatted(LEAST_MEMORY_MIB, memory),
          "Raise it, or leave it out.");
    }
    if (container.shmSizeBytes() != null) {
      noEffect(container, "shm_size", "Fargate's /dev/shm has a size of its own", "");
    }
    if (!container.groups().isEmpty()) {
      noEffect(
          container,
          "group_add",
          "Fargate has no further groups for a container's user",
          "Give one group in user, as uid:gid.");
    }
    String signal = image.map(ImageConfig::stopSignal).orElse("");
    if (!container.stopSignal().isEmpty() && !sameSignal(container.stopSignal(), signal)) {
      noEffect(
          container,
          "stop_signal",
          "Fargate sends the signal the image names, or SIGTERM",
          "Set STOPSIGNAL in the image.");
    }
  }

  private @Nullable HealthCheck health(PlannedContainer container) {
    HealthProbe probe = container.health();
    if (probe == null) {
      return null;
    }
    if (probe.budget().compareTo(FargateHealth.MAXIMUM_BUDGET) > 0) {
      diagnostics.refuse(
          Category.SIZE,
          container.location(),
          path(container, "healthcheck"),
          "start_period + interval x retries is more than %d minutes, the most that Fargate's"
                  .formatted(FargateHealth.MAXIMUM_BUDGET.toMinutes())
              + " health checks hold",
          "Shorten it.");
    }
    if (probe.timeout().compareTo(FargateHealth.MAXIMUM_TIMEOUT) > 0) {
      diagnostics.warn(
          Category.EMULATED,
          container.location(),
          path(container, "healthcheck.timeout"),
          "Fargate gives one probe at most 60 s",
          "");
    }
    return FargateHealth.lower(probe);
  }

  private Duration stopTimeout(PlannedContainer container) {
    Duration wanted = Duration.ofSeconds(FargateHealth.seconds(container.stopGracePeriod()));
    if (wanted.compareTo(LONGEST_STOP) > 0) {
      diagnostics.warn(
          Category.EMULATED,
          container.location(),
          path(container, "stop_grace_period"),
          "Fargate waits at most 120 s between the stop signal and SIGKILL",
          "");
      return LONGEST_STOP;
    }
    return wanted.compareTo(SHORTEST_STOP) < 0 ? SHORTEST_STOP : wanted;
  }

  /** A container whose end is waited for must not come back. */
  private @Nullable Integer restarts(PlannedContainer container) {
    Integer maximum = container.maximumRestarts();
    if (maximum == null || container.candidate() || gates.awaitedToEnd(container)) {
      return null;
    }
    diagnostics.warn(
        Category.EMULATED,
        container.location(),
        path(container, "restart"),
        "Fargate restarts a container only after it ran for 60 s, and does not count restarts",
        "");
    return 0;
  }

  private @Nullable Integer cpuUnits(@Nullable Double cpus) {
    return cpus == null ? null : (int) Math.max(2, Math.floor(cpus * 1024 * cpuFactor));
  }

  private SequencedMap<String, Ulimit> ulimits(PlannedContainer container) {
    SequencedMap<String, Ulimit> lowered = new LinkedHashMap<>();
    container
        .ulimits()
        .forEach(
            (name, limit) -> {
              if (!TaskDefinitionRules.ULIMITS.contains(name)) {
                noEffect(container, "ulimits", "Fargate has no limit \"" + name + "\"", "");
              } else {
                boolean soft =
                    limit.hard() >= 0 && (limit.soft() < 0 || limit.soft() > limit.hard());
                lowered.put(name, soft ? new Ulimit(limit.hard(), limit.hard()) : limit);
              }
            });
    return lowered;
  }

  private SequencedMap<String, String> systemControls(PlannedContainer container) {
    SequencedMap<String, String> lowered = new LinkedHashMap<>();
    container
        .sysctls()
        .forEach(
            (name, value) -> {
              if (name.startsWith("net.")) {
                lowered.put(name, value);
              } else {
                noEffect(container, "sysctls", "Fargate sets no kernel parameter " + name, "");
              }
            });
    return lowered;
  }

  /** A path is mounted once; a volume wins over a file system in memory. */
  private static boolean isMountable(TmpfsMount tmpfs, PlannedContainer container) {
    return container.mounts().stream().noneMatch(mount -> mount.target().equals(tmpfs.target()));
  }

  private TmpfsMount tmpfs(PlannedContainer container, TmpfsMount tmpfs) {
    List<String> options = new ArrayList<>();
    for (String option : tmpfs.options()) {
      String name = option.split("=", 2)[0];
      if (name.equals("size") || TaskDefinitionRules.MOUNT_OPTIONS.contains(name)) {
        options.add(option);
      } else {
        noEffect(
            container,
            "tmpfs",
            "Fargate has no option \"%s\" for a file system in memory".formatted(option),
            "");
      }
    }
    return new TmpfsMount(tmpfs.target(), options);
  }

  private static List<String> capabilities(List<String> names) {
    return names.stream()
        .map(name -> name.toUpperCase(Locale.ROOT))
        .map(name -> name.startsWith("CAP_") ? name.substring(4) : name)
        .distinct()
        .toList();
  }

  private static boolean sameSignal(String wanted, String given) {
    return bare(wanted).equals(bare(given.isEmpty() ? "SIGTERM" : given));
  }

  private static String bare(String signal) {
    String name = signal.startsWith("SIG") ? signal.substring(3) : signal;
    return name.equals("15") ? "TERM" : name;
  }

  private void refuse(PlannedContainer container, String key, String message, String remedy) {
    diagnostics.refuse(
        Category.UNSUPPORTED, container.location(), path(container, key), message, remedy);
  }

  private void noEffect(PlannedContainer container, String key, String message, String remedy) {
    diagnostics.warn(
        Category.NO_EFFECT, container.location(), path(container, key), message, remedy);
  }

  private static String path(PlannedContainer container, String key) {
    return "services." + container.service() + "." + key;
  }
}
