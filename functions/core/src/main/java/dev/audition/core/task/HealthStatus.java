package dev.audition.core.task;

/** What a container's health check last said. */
public enum HealthStatus {
  /** There is no check, or it has not decided. */
  UNKNOWN,
  HEALTHY,
  UNHEALTHY
}
