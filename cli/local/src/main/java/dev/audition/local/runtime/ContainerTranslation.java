package dev.audition.local.runtime;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.TaskDefinition;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.runtime.Images.Availability;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A container definition in the engine's words. */
final class ContainerTranslation {
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long NANOS_PER_UNIT = 1_000_000_000 / 1024;

  private final DockerEngine engine;
  private final TaskDefinition task;
  private final PauseContainer pause;
  private final Mounts mounts;

  ContainerTranslation(
      DockerEngine engine, TaskDefinition task, PauseContainer pause, TaskNames names) {
    this.engine = engine;
    this.task = task;
    this.pause = pause;
    this.mounts = new Mounts(task, pause, names);
  }

  /**
   * Return the command that creates a container.
   *
   * @throws IllegalArgumentException if the definition says something the engine has no word for;
   *     the message is for the user
   */
  CreateContainerCmd create(
      ContainerDefinition definition, Availability.Present image, Map<String, String> labels) {
    CreateContainerCmd command =
        engine
            .client()
            .createContainerCmd(definition.image())
            .withLabels(labels)
            .withEnv(
                definition.environment().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList())
            .withTty(definition.pseudoTerminal())
            .withStdinOpen(definition.interactive())
            .withStopTimeout(Labels.wholeSeconds(definition.stopTimeout()))
            // The engine's own checks would come on top of ours.
            .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
            .withHostConfig(host(definition, image));
    entryPoint(command, definition, image);
    if (!definition.user().isEmpty()) {
      command.withUser(definition.user());
    }
    if (!definition.workingDirectory().isEmpty()) {
      command.withWorkingDir(definition.workingDirectory());
    }
    if (!definition.stopSignal().isEmpty()) {
      command.withStopSignal(definition.stopSignal());
    }
    if (!task.platform().isEmpty()) {
      command.withPlatform(task.platform());
    }
    return command;
  }

  /** A command is only cleared where an entry point is set: the engine takes none for absent. */
  private static void entryPoint(
      CreateContainerCmd command, ContainerDefinition definition, Availability.Present image) {
    List<String> entryPoint = definition.entryPoint();
    List<String> arguments = definition.command();
    if (entryPoint != null) {
      command.withEntrypoint(entryPoint);
    } else if (arguments != null && arguments.isEmpty() && !image.entrypoint().isEmpty()) {
      command.withEntrypoint(image.entrypoint());
    }
    if (arguments != null) {
      command.withCmd(arguments);
    }
  }

  private HostConfig host(ContainerDefinition definition, Availability.Present image) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode("container:" + pause.id())
            .withMounts(mounts.of(definition, image))
            .withTmpFs(
                definition.tmpfs().stream()
                    .collect(
                        Collectors.toMap(
                            TmpfsMount::target, mount -> String.join(",", mount.options()))))
            .withInit(definition.initProcessEnabled())
            .withReadonlyRootfs(definition.readonlyRootFilesystem())
            .withCapAdd(capabilities(definition.capabilitiesAdded()))
            .withCapDrop(capabilities(definition.capabilitiesDropped()))
            .withGroupAdd(definition.groups())
            .withUlimits(
                definition.ulimits().entrySet().stream()
                    .map(
                        limit ->
                            new Ulimit(
                                limit.getKey(), limit.getValue().soft(), limit.getValue().hard()))
                    .toList())
            .withSysctls(ownControls(definition))
            .withLogConfig(
                new LogConfig(
                    LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "16m", "max-file", "2")));
    Integer memory = definition.memoryMiB();
    if (memory != null) {
      // No swap on top, as on Fargate: what is too much shows.
      host.withMemory(memory * MEBIBYTE).withMemorySwap(memory * MEBIBYTE);
    }
    Integer cpuUnits = definition.cpuUnits();
    if (cpuUnits != null) {
      host.withNanoCPUs(Math.min(cpuUnits * NANOS_PER_UNIT, engineCores() * 1_000_000_000));
    }
    Long sharedMemory = definition.sharedMemoryBytes();
    if (sharedMemory != null) {
      host.withShmSize(sharedMemory);
    }
    return host;
  }

  /** The engine refuses more cores than its machine has; a share of more is all of them. */
  private long engineCores() {
    Integer cores = engine.client().infoCmd().exec().getNCPU();
    return cores == null ? Integer.MAX_VALUE : cores;
  }

  /** The network's controls are set where the network is: on the pause container. */
  private static Map<String, String> ownControls(ContainerDefinition definition) {
    return definition.systemControls().entrySet().stream()
        .filter(control -> !control.getKey().startsWith("net."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Capability[] capabilities(List<String> names) {
    return names.stream().map(ContainerTranslation::capability).toArray(Capability[]::new);
  }

  private static Capability capability(String name) {
    String plain = name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    try {
      return Capability.valueOf(plain);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "capability: %s (expected: as in capabilities(7), such as NET_ADMIN)".formatted(name), e);
    }
  }
}
