package dev.audition.core.run;

import dev.audition.core.run.TaskEnding.CutShort;
import dev.audition.core.task.StopCode;
import dev.audition.core.verdict.Blame;
import dev.audition.core.verdict.ReasonClassifier;
import dev.audition.core.verdict.ReasonKind;
import java.util.Optional;

/**
 * What containers of ours did, or could not do, so that a task never came to run its candidates.
 *
 * <p>Never the composition's fault, whatever the words say: the ECS agent blames a failed
 * dependency for the keeper that waited for {@code audition-stage}, and an image of ours that is
 * denied is not the user's.
 */
final class OwnTrouble {
  private OwnTrouble() {}

  /** Find it; empty if ours did what they should, or were stopped. */
  static Optional<CutShort> of(TaskState task) {
    return task.containers().stream()
        .filter(ContainerShape::ours)
        .flatMap(ours -> of(task, ours).stream())
        .findFirst();
  }

  private static Optional<CutShort> of(TaskState task, ContainerShape ours) {
    ContainerEvidence evidence = task.evidenceOf(ours);
    if (evidence.neverStarted()) {
      ReasonKind kind = ReasonClassifier.classify(evidence.reason());
      return evidence.reason().isEmpty() || kind == ReasonKind.DEPENDENCY_FAILED
          ? Optional.empty()
          : Optional.of(
              cutShort(
                  blame(evidence),
                  "%s, %s, could not start: %s"
                      .formatted(ours.name(), part(ours), Spoken.clause(evidence.reason()))));
    }
    Integer exitCode = evidence.exitCode();
    boolean failed = !ours.keeper() && evidence.stopped() && !Integer.valueOf(0).equals(exitCode);
    if (!failed || !(evidence.byItself() || endedTheTask(task))) {
      return Optional.empty();
    }
    return Optional.of(
        cutShort(
            blame(evidence),
            "%s, %s, ended with %s"
                .formatted(ours.name(), part(ours), exitCode == null ? "no exit code" : exitCode)));
  }

  /**
   * Return whose trouble it is that a container of ours did not start, or ended as it should not.
   */
  static Blame blame(ContainerEvidence evidence) {
    if (!evidence.neverStarted()) {
      return Blame.PASSING;
    }
    ReasonKind kind = ReasonClassifier.classify(evidence.reason());
    if (kind == ReasonKind.DEPENDENCY_FAILED) {
      return Blame.PASSING; // what it waited for was ours too
    }
    if (kind == ReasonKind.SETTING_REFUSED) {
      return Blame
          .PASSING; // its settings are ours and always the same: the runtime had a bad moment
    }
    return kind.blame() == Blame.COMPOSITION ? Blame.OUTSIDE : kind.blame();
  }

  /** Say what a container of ours is for. */
  static String part(ContainerShape ours) {
    return switch (ours.name()) {
      case ContainerShape.KEEPER -> "which watches over the task";
      case ContainerShape.STAGE -> "which prepares the task";
      default -> "which waits for services to listen";
    };
  }

  /** Whether the task ended because its keeper could not start, and by no stop of anybody's. */
  private static boolean endedTheTask(TaskState task) {
    StopCode code = task.seen().stopCode();
    boolean keeperRan =
        task.containers().stream().anyMatch(c -> c.keeper() && task.evidenceOf(c).started());
    return !keeperRan
        && (code == StopCode.ESSENTIAL_CONTAINER_EXITED || code == StopCode.TASK_FAILED_TO_START);
  }

  private static CutShort cutShort(Blame blame, String reason) {
    return new CutShort(blame.verdict(), blame, reason, false);
  }
}
