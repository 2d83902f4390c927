package dev.audition.core.task;

/** One entry of a container definition's {@code dependsOn}. */
public record ContainerDependency(String containerName, ContainerCondition condition) {}
