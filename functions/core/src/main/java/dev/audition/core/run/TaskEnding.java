package dev.audition.core.run;

import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.verdict.Blame;
import dev.audition.core.verdict.ReasonClassifier;
import dev.audition.core.verdict.ReasonKind;
import dev.audition.core.verdict.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Why a task ends without a stop of ours, as far as its stop code and its containers say. */
sealed interface TaskEnding {
  /** It does not end, or nobody has said yet why. */
  record Open() implements TaskEnding {}

  /** A container whose end is to end it has ended: exit codes count as if it still ran. */
  record Normal() implements TaskEnding {}

  /**
   * Something cut it short.
   *
   * @param lost whether the task's place went away, so that nobody knows what its containers did
   */
  record CutShort(Verdict verdict, Blame blame, String reason, boolean lost)
      implements TaskEnding {}

  /** The keeper's exit codes. */
  int KEEPER_ENDED = 0;

  /** The keeper could not upload reports; the candidates had all ended. */
  int KEEPER_UPLOAD_FAILED = 64;

  /** The keeper saw that a candidate can never run. */
  int KEEPER_HOPELESS = 65;

  /** The keeper saw the deadline pass. */
  int KEEPER_DEADLINE = 66;

  /** Return how a task ends. */
  static TaskEnding of(TaskState task) {
    if (task.launch().gone()) {
      return cutShort(Blame.OUTSIDE, "its task is gone: the runtime no longer knows it", true);
    }
    TaskState.Seen seen = task.seen();
    boolean over = task.over();
    if (seen.desiredStatus() == DesiredStatus.RUNNING && !over) {
      return new Open();
    }
    StopCode code = seen.stopCode();
    if (code == null) {
      return over
          ? cutShort(Blame.OUTSIDE, "its task stopped, and nobody said why", true)
          : new Open();
    }
    return switch (code) {
      case ESSENTIAL_CONTAINER_EXITED -> ofEssential(task);
      case TASK_FAILED_TO_START -> failedToStart(task);
      case SPOT_INTERRUPTION, TERMINATION_NOTICE, INFRASTRUCTURE_HEALTH ->
          cutShort(Blame.PASSING, "its host went away" + words(seen.stoppedReason()), true);
      case USER_INITIATED, SERVICE_SCHEDULER_INITIATED ->
          cutShort(
              Blame.OUTSIDE,
              "somebody other than this run stopped its task" + words(seen.stoppedReason()),
              false);
      case UNKNOWN ->
          cutShort(Blame.OUTSIDE, "its task was stopped" + words(seen.stoppedReason()), true);
    };
  }

  /** Return whether a container's end is its own because the task ended with it, or after it. */
  static boolean endedNormallyWith(TaskState task, ContainerShape container) {
    return of(task) instanceof Normal
        && ender(task)
            .filter(ender -> ender.equals(container) || (ender.keeper() && container.candidate()))
            .isPresent();
  }

  /** Find the essential container that ended the task: the one that ended first. */
  static Optional<ContainerShape> ender(TaskState task) {
    return task.containers().stream()
        .filter(c -> c.essential() && task.evidenceOf(c).stopped())
        .min(
            Comparator.comparing(
                c -> {
                  Instant end = task.evidenceOf(c).stoppedAt();
                  return end == null ? Instant.MAX : end;
                }));
  }

  /** Return whether a container's end is the keeper's, which says how the task ended. */
  static boolean explainedBy(ContainerShape container, ContainerEvidence evidence) {
    Integer exitCode = evidence.exitCode();
    return container.keeper()
        && exitCode != null
        && (exitCode == KEEPER_HOPELESS || exitCode == KEEPER_DEADLINE);
  }

  /** Return whether the keeper ended the task because a candidate could no longer start. */
  static boolean sawHopeless(TaskState task) {
    return task.containers().stream()
        .filter(ContainerShape::keeper)
        .map(task::evidenceOf)
        .anyMatch(e -> e.stopped() && Integer.valueOf(KEEPER_HOPELESS).equals(e.exitCode()));
  }

  private static TaskEnding ofEssential(TaskState task) {
    Optional<ContainerShape> found = ender(task);
    if (found.isEmpty()) {
      return task.over()
          ? cutShort(Blame.OUTSIDE, "its task ended, and nobody said with which container", true)
          : new Open();
    }
    ContainerShape ender = found.get();
    if (!ender.keeper()) {
      return ender.candidate()
          ? new Normal()
          : cutShort(Blame.OUTSIDE, "its task ended with " + ender.service(), false);
    }
    if (!task.evidenceOf(ender).started()) {
      return OwnTrouble.of(task)
          .orElseGet(
              () ->
                  cutShort(
                      Blame.PASSING,
                      "%s, %s, could not start".formatted(ender.name(), OwnTrouble.part(ender)),
                      false));
    }
    Integer exitCode = task.evidenceOf(ender).exitCode();
    if (exitCode == null && !task.over()) {
      return new Open(); // it may still be told
    }
    return switch (exitCode == null ? -1 : exitCode) {
      case KEEPER_ENDED, KEEPER_UPLOAD_FAILED -> new Normal();
      case KEEPER_HOPELESS -> hopeless(task);
      case KEEPER_DEADLINE ->
          new CutShort(
              Verdict.TIMED_OUT,
              Blame.COMPOSITION,
              "the deadline passed inside of the task",
              false);
      default ->
          cutShort(
              Blame.PASSING,
              "%s, %s, ended with %s"
                  .formatted(
                      ender.name(),
                      OwnTrouble.part(ender),
                      exitCode == null ? "no exit code" : exitCode),
              false);
    };
  }

  private static TaskEnding hopeless(TaskState task) {
    Blame blame =
        task.containers().stream()
            .filter(ContainerShape::candidate)
            .flatMap(c -> blameOf(task, c).stream())
            .min(Comparator.naturalOrder())
            .orElse(Blame.COMPOSITION);
    return cutShort(blame, "a candidate could no longer start", false);
  }

  private static Optional<Blame> blameOf(TaskState task, ContainerShape candidate) {
    Optional<Hopeless> hopeless = Hopeless.of(task, candidate);
    if (hopeless.isPresent()) {
      return hopeless.map(Hopeless::blame);
    }
    ContainerEvidence evidence = task.evidenceOf(candidate);
    return evidence.neverStarted() && !evidence.reason().isEmpty()
        ? Optional.of(ReasonClassifier.classify(evidence.reason()).blame())
        : Optional.empty();
  }

  /** The task's own reason names the error; where it is silent a container's does. */
  private static TaskEnding failedToStart(TaskState task) {
    Optional<CutShort> ours = OwnTrouble.of(task);
    if (ours.isPresent()) {
      return ours.get();
    }
    String reason = task.seen().stoppedReason();
    ReasonKind kind = ReasonClassifier.classify(reason);
    for (ContainerShape container : task.containers()) {
      String words = task.evidenceOf(container).reason();
      if (kind == ReasonKind.UNKNOWN && !words.isEmpty()) {
        kind = ReasonClassifier.classify(words);
        reason = container.service() + ": " + words;
      }
    }
    return cutShort(kind.blame(), "its task could not start" + words(reason), false);
  }

  private static CutShort cutShort(Blame blame, String reason, boolean lost) {
    return new CutShort(blame.verdict(), blame, reason, lost);
  }

  private static String words(String reason) {
    return reason.isEmpty() ? "" : " (" + Spoken.clause(reason) + ")";
  }
}
