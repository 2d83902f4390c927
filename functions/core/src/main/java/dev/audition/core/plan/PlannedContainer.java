package dev.audition.core.plan;

import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.Ulimit;
import dev.audition.core.diagnostic.SourceLocation;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One container of a task, with everything settled that does not depend on the target.
 *
 * @param service the user's name for it
 * @param containerName its name in ECS: letters, digits, {@code -} and {@code _}
 * @param entrypoint null to keep the image's; empty to clear it
 * @param command null to keep the image's; empty to clear it
 * @param user empty for the image's
 * @param workingDir empty for the image's
 * @param health null if nothing checks it
 * @param listening null if there is a check, or no known port
 * @param memoryMiB what the plan counts for it
 * @param memoryLimitMiB the hard limit the composition sets; null for none of its own
 * @param cpus the cores the composition sets; null for none
 * @param stopSignal empty for the image's
 * @param shmSizeBytes null for the engine's default
 * @param maximumRestarts null for no restarts; 0 for no bound
 * @param buildName the name of the {@link ImageBuild} that makes the image; null if it is pulled
 */
public record PlannedContainer(
    String service,
    String containerName,
    boolean candidate,
    SourceLocation location,
    String image,
    @Nullable String buildName,
    @Nullable List<String> entrypoint,
    @Nullable List<String> command,
    SequencedMap<String, String> environment,
    String user,
    String workingDir,
    List<Gate> gates,
    @Nullable HealthProbe health,
    @Nullable Listening listening,
    List<KnownPort> ports,
    List<PlannedMount> mounts,
    List<TmpfsMount> tmpfs,
    int memoryMiB,
    @Nullable Integer memoryLimitMiB,
    @Nullable Double cpus,
    Duration stopGracePeriod,
    String stopSignal,
    @Nullable Integer maximumRestarts,
    boolean init,
    boolean tty,
    boolean stdinOpen,
    boolean readOnly,
    List<String> capabilitiesAdded,
    List<String> capabilitiesDropped,
    List<String> groups,
    SequencedMap<String, Ulimit> ulimits,
    SequencedMap<String, String> sysctls,
    @Nullable Long shmSizeBytes,
    String platform,
    SequencedMap<String, String> labels) {
  public PlannedContainer {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    command = command == null ? null : List.copyOf(command);
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    gates = List.copyOf(gates);
    ports = List.copyOf(ports);
    mounts = List.copyOf(mounts);
    tmpfs = List.copyOf(tmpfs);
    capabilitiesAdded = List.copyOf(capabilitiesAdded);
    capabilitiesDropped = List.copyOf(capabilitiesDropped);
    groups = List.copyOf(groups);
    ulimits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ulimits));
    sysctls = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sysctls));
    labels = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(labels));
  }
}
