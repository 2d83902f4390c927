package dev.audition.core.run.stored;

import java.util.Set;

/**
 * The fields that change while a run goes on. All others, those of later releases included, are
 * taken for constant: should one change, it costs a text.
 */
final class Changing {
  static final Set<String> OF_A_RUN =
      Set.of(
          "version",
          "status",
          "startedAt",
          "endedAt",
          "nextCheckAt",
          "steps",
          "verdict",
          "interruption",
          "pending",
          "warnings",
          "hooks");

  /** What hooks are defined does not change, only how far each is. */
  static final Set<String> OF_HOOKS = Set.of("deliveries");

  static final Set<String> OF_A_STEP =
      Set.of(
          "preparation",
          "startedAt",
          "deadline",
          "retryAt",
          "endedAt",
          "tasks",
          "verdict",
          "cause");

  static final Set<String> OF_A_TASK =
      Set.of(
          "attempt",
          "try",
          "arn",
          "launchedAt",
          "retryAt",
          "stopWanted",
          "gone",
          "version",
          "lastStatus",
          "desiredStatus",
          "stopCode",
          "stoppedReason",
          "containers");

  /** Of a container only what was seen of it changes. */
  static final String OF_A_CONTAINER = "evidence";

  /** Stands for a field's name where the constant part is named. */
  static final String CONSTANT = "";

  private Changing() {}
}
