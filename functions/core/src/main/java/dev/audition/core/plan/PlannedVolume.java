package dev.audition.core.plan;

/** A volume of a task: empty at the start, mode 1777, removed with the task. */
public record PlannedVolume(String name) {}
