package dev.audition.core.run;

import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.verdict.Blame;
import dev.audition.core.verdict.ReasonClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a container that waits will wait for ever.
 *
 * @param path the containers from the waiting one to the one that is to blame, at least two
 * @param gate what the last but one waits for
 */
record Hopeless(List<ContainerShape> path, ContainerDependency gate, Blame blame) {
  Hopeless {
    path = List.copyOf(path);
  }

  /** Return the container that is to blame. */
  ContainerShape root() {
    return path.getLast();
  }

  /**
   * Find out whether a container can no longer start; empty if it runs, has ended, or may yet
   * start.
   */
  static Optional<Hopeless> of(TaskState task, ContainerShape container) {
    List<ContainerShape> path = List.of(container);
    return search(task, path, true)
        .or(() -> byElimination(task, path))
        .or(() -> search(task, path, false));
  }

  /**
   * Find who is to blame where the keeper saw it and no description tells: events of ECS say
   * nothing of health. Only where one alone can have been meant.
   */
  private static Optional<Hopeless> byElimination(TaskState task, List<ContainerShape> path) {
    if (!TaskEnding.sawHopeless(task)) {
      return Optional.empty();
    }
    List<Hopeless> suspects = new ArrayList<>();
    suspect(task, path, suspects);
    return suspects.stream().map(Hopeless::root).distinct().count() == 1
        ? Optional.of(suspects.getFirst())
        : Optional.empty();
  }

  private static void suspect(TaskState task, List<ContainerShape> path, List<Hopeless> suspects) {
    if (task.evidenceOf(path.getLast()).started()) {
      return;
    }
    for (ContainerDependency gate : path.getLast().dependsOn()) {
      for (ContainerShape target : targets(task, path, gate)) {
        List<ContainerShape> longer = append(path, target);
        ContainerEvidence evidence = task.evidenceOf(target);
        if (gate.condition() == ContainerCondition.HEALTHY
            && evidence.started()
            && evidence.health() != HealthStatus.HEALTHY) {
          suspects.add(new Hopeless(longer, gate, Blame.COMPOSITION));
        }
        suspect(task, longer, suspects);
      }
    }
  }

  private static List<ContainerShape> targets(
      TaskState task, List<ContainerShape> path, ContainerDependency gate) {
    return task.containers().stream()
        .filter(c -> c.name().equals(gate.containerName()) && !path.contains(c))
        .toList();
  }

  /**
   * Search for a gate that never opens.
   *
   * @param sure whether an end counts only if it was the container's own
   */
  private static Optional<Hopeless> search(
      TaskState task, List<ContainerShape> path, boolean sure) {
    ContainerShape waiting = path.getLast();
    if (!task.evidenceOf(waiting).waiting() && !task.evidenceOf(waiting).neverStarted()) {
      return Optional.empty();
    }
    for (ContainerDependency gate : waiting.dependsOn()) {
      Optional<Hopeless> found =
          targets(task, path, gate).stream()
              .findFirst()
              .flatMap(target -> judge(task, append(path, target), gate, sure));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Hopeless> judge(
      TaskState task, List<ContainerShape> path, ContainerDependency gate, boolean sure) {
    ContainerEvidence target = task.evidenceOf(path.getLast());
    if (target.waiting() || target.neverStarted()) {
      Optional<Hopeless> deeper = search(task, path, sure);
      if (deeper.isPresent() || target.waiting()) {
        return deeper;
      }
    }
    return shut(task, gate, target, sure)
        ? Optional.of(new Hopeless(path, gate, blame(path.getLast(), target)))
        : Optional.empty();
  }

  /** Whether a gate will never open. What has not started yet may still open every gate. */
  private static boolean shut(
      TaskState task, ContainerDependency gate, ContainerEvidence target, boolean sure) {
    if (target.neverStarted()) {
      // none of the conditions takes a container that was given up for one that ran
      return ownDoing(task) || !target.reason().isEmpty();
    }
    boolean own = sure ? task.seen().desiredStatus() == DesiredStatus.RUNNING : ownDoing(task);
    boolean ended = target.stopped() && (own || target.byItself());
    return switch (gate.condition()) {
      case START, LISTENING, COMPLETE -> false;
      case SUCCESS -> ended && !Integer.valueOf(0).equals(target.exitCode());
      case HEALTHY -> ended || (ownDoing(task) && target.health() == HealthStatus.UNHEALTHY);
    };
  }

  /** Whether what containers do is their own doing, and not that of an end from outside. */
  private static boolean ownDoing(TaskState task) {
    return task.seen().desiredStatus() == DesiredStatus.RUNNING || TaskEnding.sawHopeless(task);
  }

  private static Blame blame(ContainerShape root, ContainerEvidence evidence) {
    if (root.ours()) {
      return OwnTrouble.blame(evidence);
    }
    return evidence.neverStarted()
        ? ReasonClassifier.classify(evidence.reason()).blame()
        : Blame.COMPOSITION;
  }

  private static List<ContainerShape> append(List<ContainerShape> path, ContainerShape last) {
    List<ContainerShape> longer = new ArrayList<>(path);
    longer.add(last);
    return longer;
  }
}
