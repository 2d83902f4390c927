package dev.audition.core.task;

/** What ECS wants a task to be. */
public enum DesiredStatus {
  RUNNING,
  STOPPED
}
