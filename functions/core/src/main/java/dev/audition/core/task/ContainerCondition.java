package dev.audition.core.task;

/** What a container dependency waits for, in the words of ECS, and one of ours. */
public enum ContainerCondition {
  /** Running, or already stopped. */
  START,
  /** Stopped, whatever the exit code. */
  COMPLETE,
  /** Stopped with exit code 0. */
  SUCCESS,
  /** Its health check says HEALTHY. */
  HEALTHY,
  /**
   * One of its ports accepts connections, or its limit has passed. Only the laptop's runtime knows
   * it; on Fargate a container of ours stands for it, waited for with SUCCESS.
   */
  LISTENING
}
