package dev.audition.core.task;

/** Why a task stopped, as ECS says it. */
public enum StopCode {
  TASK_FAILED_TO_START,
  ESSENTIAL_CONTAINER_EXITED,
  USER_INITIATED,
  SERVICE_SCHEDULER_INITIATED,
  SPOT_INTERRUPTION,
  TERMINATION_NOTICE,
  INFRASTRUCTURE_HEALTH,
  /** A code this release does not know. */
  UNKNOWN
}
