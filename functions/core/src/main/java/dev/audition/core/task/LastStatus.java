package dev.audition.core.task;

/** How far a task or container has come; the order is the order of life. */
public enum LastStatus {
  PROVISIONING,
  PENDING,
  ACTIVATING,
  RUNNING,
  DEACTIVATING,
  STOPPING,
  DEPROVISIONING,
  STOPPED
}
