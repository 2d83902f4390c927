package dev.audition.core.compose;

/** What a dependent waits for, in the words of the compose specification. */
public enum DependencyCondition {
  SERVICE_STARTED,
  SERVICE_HEALTHY,
  SERVICE_COMPLETED_SUCCESSFULLY
}
