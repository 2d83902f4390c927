package dev.audition.core.task;

import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.Ulimit;
import dev.audition.core.plan.Listening;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A container of a task definition.
 *
 * @param name unique in the task: letters, digits, {@code -} and {@code _}
 * @param service the user's name for it; for a container of ours the same as {@code name}
 * @param essential whether its end ends the task
 * @param entryPoint null for the image's
 * @param command null for the image's
 * @param user empty for the image's
 * @param workingDirectory empty for the image's
 * @param healthCheck null if none
 * @param listening how it is dialled; null if it is not. Laptop only
 * @param ports known TCP ports, for port mappings and to prove a health check
 * @param memoryMiB hard limit; null for the task's
 * @param cpuUnits share; null for none
 * @param stopTimeout from the stop signal to SIGKILL
 * @param stopSignal empty for the image's
 * @param maximumRestarts null for no restarts; 0 for no bound
 * @param account what it has only in an account; the laptop has nothing of it
 */
public record ContainerDefinition(
    String name,
    String service,
    String image,
    boolean essential,
    @Nullable List<String> entryPoint,
    @Nullable List<String> command,
    SequencedMap<String, String> environment,
    String user,
    String workingDirectory,
    List<ContainerDependency> dependsOn,
    @Nullable HealthCheck healthCheck,
    @Nullable Listening listening,
    List<Integer> ports,
    List<MountPoint> mountPoints,
    List<TmpfsMount> tmpfs,
    @Nullable Integer memoryMiB,
    @Nullable Integer cpuUnits,
    Duration stopTimeout,
    String stopSignal,
    @Nullable Integer maximumRestarts,
    boolean initProcessEnabled,
    boolean pseudoTerminal,
    boolean interactive,
    boolean readonlyRootFilesystem,
    List<String> capabilitiesAdded,
    List<String> capabilitiesDropped,
    List<String> groups,
    SequencedMap<String, Ulimit> ulimits,
    SequencedMap<String, String> systemControls,
    @Nullable Long sharedMemoryBytes,
    SequencedMap<String, String> dockerLabels,
    AccountOptions account) {
  public ContainerDefinition {
    entryPoint = entryPoint == null ? null : List.copyOf(entryPoint);
    command = command == null ? null : List.copyOf(command);
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    dependsOn = List.copyOf(dependsOn);
    ports = List.copyOf(ports);
    mountPoints = List.copyOf(mountPoints);
    tmpfs = List.copyOf(tmpfs);
    capabilitiesAdded = List.copyOf(capabilitiesAdded);
    capabilitiesDropped = List.copyOf(capabilitiesDropped);
    groups = List.copyOf(groups);
    ulimits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ulimits));
    systemControls = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(systemControls));
    dockerLabels = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(dockerLabels));
  }
}
