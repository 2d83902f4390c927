package dev.audition.core.task;

import dev.audition.core.size.TaskSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a task is made of.
 *
 * @param family letters, digits, {@code -} and {@code _}, at most 255
 * @param hosts name to address, for the hosts file all containers share
 * @param platform {@code linux/amd64} or {@code linux/arm64}; empty for the engine's own
 * @param taskRole the ARN of the role the containers' own calls use; empty for the deployment's.
 *     Not on the laptop
 * @param ephemeralStorageGiB 0 for the usual. Not on the laptop
 */
public record TaskDefinition(
    String family,
    TaskSize size,
    List<ContainerDefinition> containers,
    List<TaskVolume> volumes,
    SequencedMap<String, String> hosts,
    String platform,
    String taskRole,
    int ephemeralStorageGiB) {
  public TaskDefinition {
    containers = List.copyOf(containers);
    volumes = List.copyOf(volumes);
    hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
  }

  /** Make one with the deployment's role and disk. */
  public TaskDefinition(
      String family,
      TaskSize size,
      List<ContainerDefinition> containers,
      List<TaskVolume> volumes,
      SequencedMap<String, String> hosts,
      String platform) {
    this(family, size, containers, volumes, hosts, platform, "", 0);
  }
}
