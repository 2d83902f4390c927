package dev.audition.core.task;

/** Where a volume of the task appears in a container. */
public record MountPoint(String volume, String containerPath, boolean readOnly) {}
