package dev.audition.core.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one container of a task.
 *
 * @param exitCode null while it runs, and for ever if it never started
 * @param reason what the runtime says of its end, such as {@code OutOfMemoryError: Container killed
 *     due to memory usage} or {@code CannotPullContainerError: ...}; empty if nothing
 * @param ready whether what its dependents wait for has come true (HEALTHY or LISTENING)
 * @param restarts how often it was started again
 * @param peakMemoryMiB the most memory it was seen to use; null if not measured
 */
public record ContainerDescription(
    String name,
    LastStatus lastStatus,
    @Nullable Integer exitCode,
    String reason,
    HealthStatus health,
    boolean ready,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt,
    int restarts,
    @Nullable Integer peakMemoryMiB) {}
