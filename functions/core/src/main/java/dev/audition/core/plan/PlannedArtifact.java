package dev.audition.core.plan;

/**
 * A file or folder that is kept after a task: it lies in one of the task's mounts.
 *
 * @param name its path in the archive: {@code workspace/...}, where it belongs in the workspace, or
 *     {@code volumes/<volume>/...}
 * @param mount a folder of the workspace or a volume
 * @param path its path in the mount, without a slash in front; empty for all of it
 */
public record PlannedArtifact(String name, PlannedMount mount, String path) {}
