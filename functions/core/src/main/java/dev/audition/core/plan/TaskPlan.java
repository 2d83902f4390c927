package dev.audition.core.plan;

import dev.audition.core.size.TaskSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The containers that share one network and one life.
 *
 * @param number 1-based
 * @param containers in an order in which each comes after those it waits for
 * @param hosts name to address, for the hosts file that all containers share
 * @param size the smallest Fargate size that holds it
 * @param architecture {@code amd64} or {@code arm64}
 * @param artifacts what is kept after it
 */
public record TaskPlan(
    int number,
    List<PlannedContainer> containers,
    List<PlannedVolume> volumes,
    SequencedMap<String, String> hosts,
    TaskSize size,
    String architecture,
    List<PlannedArtifact> artifacts) {
  public TaskPlan {
    containers = List.copyOf(containers);
    volumes = List.copyOf(volumes);
    artifacts = List.copyOf(artifacts);
    hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
  }
}
