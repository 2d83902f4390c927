package dev.audition.core.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a task at one version: what DescribeTasks answers and what a task state change event
 * carries.
 *
 * @param startedBy {@code <run id>/<step number>/<task number>/<attempt>}
 * @param version grows with every change
 * @param stopCode null while it runs
 * @param stoppedReason empty while it runs
 */
public record TaskDescription(
    TaskArn taskArn,
    String startedBy,
    long version,
    LastStatus lastStatus,
    DesiredStatus desiredStatus,
    List<ContainerDescription> containers,
    @Nullable StopCode stopCode,
    String stoppedReason,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt) {
  public TaskDescription {
    containers = List.copyOf(containers);
  }
}
