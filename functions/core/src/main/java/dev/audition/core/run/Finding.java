package dev.audition.core.run;

import dev.audition.core.run.TaskEnding.CutShort;
import dev.audition.core.run.TaskEnding.Normal;
import dev.audition.core.run.TaskEnding.Open;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.verdict.Blame;
import dev.audition.core.verdict.CandidateOutcome;
import dev.audition.core.verdict.CandidateOutcome.Lost;
import dev.audition.core.verdict.CandidateOutcome.NeverStarted;
import dev.audition.core.verdict.CandidateOutcome.Stopped;
import dev.audition.core.verdict.CandidateOutcome.Unhealthy;
import dev.audition.core.verdict.ReasonClassifier;
import dev.audition.core.verdict.ReasonKind;
import dev.audition.core.verdict.VerdictRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a candidate's outcome.
 *
 * @param outcome null while it may still run to its end
 * @param guilty the container whose output explains the outcome; null if there is no output
 */
record Finding(
    TaskState task,
    ContainerShape candidate,
    @Nullable CandidateOutcome outcome,
    @Nullable ContainerShape guilty) {

  /** Return the containers that the outcome's own words already name. */
  List<ContainerShape> roots() {
    return guilty == null ? List.of() : List.of(guilty);
  }

  /** Find out what became of a candidate. */
  static Finding of(TaskState task, ContainerShape candidate, Instant now) {
    ContainerEvidence evidence = task.evidenceOf(candidate);
    TaskEnding ending = TaskEnding.of(task);
    if (evidence.byItself() || counts(task, candidate, evidence)) {
      return new Finding(task, candidate, exit(evidence), candidate);
    }
    if (evidence.neverStarted()) {
      return neverStarted(task, candidate, ending, now);
    }
    return switch (ending) {
      case CutShort cut -> cutShort(task, candidate, cut, now);
      case Normal _ when evidence.stopped() && evidence.exitCode() == null && task.over() ->
          withoutExitCode(task, candidate);
      case Normal _ -> afterOthers(task, candidate);
      case Open _ when task.seen().desiredStatus() == DesiredStatus.STOPPED ->
          new Finding(task, candidate, null, null); // the stop code is still to come
      case Open _ when evidence.stopped() ->
          hasKeeper(task)
              ? new Finding(task, candidate, null, null) // it ends the task: all is told by then
              : withoutExitCode(task, candidate);
      case Open _ -> alive(task, candidate, now);
    };
  }

  private static boolean hasKeeper(TaskState task) {
    return task.containers().stream().anyMatch(ContainerShape::keeper);
  }

  private static CandidateOutcome exit(ContainerEvidence evidence) {
    Integer exitCode = evidence.exitCode();
    if (exitCode == null) {
      throw new IllegalStateException("exit code: null (expected: a number)");
    }
    return VerdictRule.ofExit(exitCode, outOfMemory(evidence));
  }

  static boolean outOfMemory(ContainerEvidence evidence) {
    return ReasonClassifier.classify(evidence.reason()) == ReasonKind.OUT_OF_MEMORY;
  }

  /**
   * Whether an exit code counts that was never seen while the task was wanted: a keeper ends the
   * task only after all candidates; a candidate that ends it speaks for itself alone.
   */
  private static boolean counts(
      TaskState task, ContainerShape candidate, ContainerEvidence evidence) {
    return evidence.stopped()
        && evidence.started()
        && evidence.exitCode() != null
        && TaskEnding.endedNormallyWith(task, candidate);
  }

  private static Finding neverStarted(
      TaskState task, ContainerShape candidate, TaskEnding ending, Instant now) {
    Optional<Finding> hopeless = hopeless(task, candidate, now);
    if (hopeless.isPresent()) {
      return hopeless.get();
    }
    String reason = task.evidenceOf(candidate).reason();
    ReasonKind kind = ReasonClassifier.classify(reason);
    Optional<CutShort> ours = OwnTrouble.of(task);
    if (ours.isPresent() && (reason.isEmpty() || kind == ReasonKind.DEPENDENCY_FAILED)) {
      return never(task, candidate, ours.get());
    }
    if (!reason.isEmpty()) {
      String words = Spoken.clause(reason);
      return never(
          task,
          candidate,
          kind.remedy().isEmpty() ? words : words + ". " + Spoken.clause(kind.remedy()),
          kind.blame());
    }
    return ending instanceof CutShort cut
        ? never(task, candidate, cut.reason(), cut.blame())
        : never(task, candidate, "the runtime gave no reason", Blame.OUTSIDE);
  }

  private static Finding cutShort(
      TaskState task, ContainerShape candidate, CutShort cut, Instant now) {
    ContainerEvidence evidence = task.evidenceOf(candidate);
    if (!evidence.started()) {
      Optional<Finding> hopeless = cut.lost() ? Optional.empty() : hopeless(task, candidate, now);
      return hopeless.orElseGet(() -> unstarted(task, candidate, cut));
    }
    if (!evidence.stopped() && !task.over()) {
      return new Finding(task, candidate, null, null); // its reason is still to come
    }
    CandidateOutcome outcome =
        cut.lost() ? new Lost(cut.reason(), cut.blame()) : new Stopped(cut.reason(), cut.verdict());
    return new Finding(task, candidate, outcome, null);
  }

  private static Finding unstarted(TaskState task, ContainerShape candidate, CutShort cut) {
    return cut.verdict() == cut.blame().verdict()
        ? never(task, candidate, cut.reason(), cut.blame())
        : new Finding(task, candidate, new Stopped(cut.reason(), cut.verdict()), null);
  }

  /** Another candidate was essential and took this one with it. */
  private static Finding afterOthers(TaskState task, ContainerShape candidate) {
    ContainerEvidence evidence = task.evidenceOf(candidate);
    if (!task.over() && (!evidence.stopped() || evidence.exitCode() == null)) {
      return new Finding(task, candidate, null, null);
    }
    return new Finding(
        task,
        candidate,
        new Stopped("its task ended before it did", Blame.OUTSIDE.verdict()),
        null);
  }

  private static Finding withoutExitCode(TaskState task, ContainerShape candidate) {
    String reason = task.evidenceOf(candidate).reason();
    String words = reason.isEmpty() ? "" : ": " + Spoken.clause(reason);
    return new Finding(
        task, candidate, new Lost("it ended without an exit code" + words, Blame.OUTSIDE), null);
  }

  private static Finding alive(TaskState task, ContainerShape candidate, Instant now) {
    Optional<Finding> hopeless = hopeless(task, candidate, now);
    if (hopeless.isPresent()) {
      return hopeless.get();
    }
    ContainerEvidence evidence = task.evidenceOf(candidate);
    if (evidence.health() == HealthStatus.UNHEALTHY && healthAwaited(task, candidate)) {
      String words = WhatHappened.unhealthy(candidate, evidence, now);
      return new Finding(task, candidate, new Unhealthy(words), candidate);
    }
    return new Finding(task, candidate, null, null);
  }

  private static boolean healthAwaited(TaskState task, ContainerShape target) {
    return task.containers().stream()
        .filter(c -> task.evidenceOf(c).waiting())
        .flatMap(c -> c.dependsOn().stream())
        .anyMatch(
            gate ->
                gate.condition() == ContainerCondition.HEALTHY
                    && gate.containerName().equals(target.name()));
  }

  private static Optional<Finding> hopeless(TaskState task, ContainerShape candidate, Instant now) {
    Optional<Hopeless> found = Hopeless.of(task, candidate);
    if (found.filter(hopeless -> hopeless.root().ours()).isPresent()) {
      Optional<CutShort> ours = OwnTrouble.of(task);
      if (ours.isPresent()) {
        return Optional.of(never(task, candidate, ours.get()));
      }
    }
    return found.map(
        hopeless ->
            new Finding(
                task,
                candidate,
                new NeverStarted(WhatHappened.hopeless(task, hopeless, now), hopeless.blame()),
                task.evidenceOf(hopeless.root()).started() ? hopeless.root() : null));
  }

  private static Finding never(TaskState task, ContainerShape candidate, CutShort cut) {
    return never(task, candidate, cut.reason(), cut.blame());
  }

  private static Finding never(
      TaskState task, ContainerShape candidate, String reason, Blame blame) {
    return new Finding(task, candidate, new NeverStarted(reason, blame), null);
  }
}
