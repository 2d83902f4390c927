package dev.audition.core.plan;

/** What must be true of a container before another one starts. */
public enum GateCondition {
  /** It has been started, or has already ended. */
  STARTED,
  /** One of its ports accepts a TCP connection; after the limit of {@link Listening} it counts. */
  LISTENING,
  /** Its health check says healthy. */
  HEALTHY,
  /** It has ended with exit code 0. */
  COMPLETED_SUCCESSFULLY
}
