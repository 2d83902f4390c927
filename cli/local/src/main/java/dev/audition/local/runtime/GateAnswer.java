package dev.audition.local.runtime;

/** Whether a container may start. */
sealed interface GateAnswer {
  /** It may. */
  record Open() implements GateAnswer {}

  /** Not yet. */
  record Waiting() implements GateAnswer {}

  /** It never will. */
  record Never(String reason) implements GateAnswer {}

  /** The task is being stopped. */
  record Stopping() implements GateAnswer {}
}
