package dev.audition.core.run;

import dev.audition.core.plan.Listening;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.verdict.ReasonClassifier;
import dev.audition.core.verdict.ReasonKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words what containers did; clauses without a final full stop. */
final class WhatHappened {
  private WhatHappened() {}

  /** {@code it waited for api to start, and api for db to be HEALTHY; db is unhealthy …}. */
  static String hopeless(TaskState task, Hopeless hopeless, Instant now) {
    List<ContainerShape> path = hopeless.path();
    StringBuilder words = new StringBuilder("it");
    for (int i = 0; i + 1 < path.size(); i++) {
      if (i > 0) {
        words.append(", and ").append(path.get(i).service());
      }
      words.append(i == 0 ? " waited for " : " for ");
      words.append(path.get(i + 1).service()).append(' ');
      words.append(Spoken.of(condition(path.get(i), path.get(i + 1), hopeless.gate())));
    }
    ContainerShape root = hopeless.root();
    ContainerEvidence evidence = task.evidenceOf(root);
    boolean untold =
        hopeless.gate().condition() == ContainerCondition.HEALTHY
            && evidence.started()
            && !evidence.byItself()
            && evidence.health() != HealthStatus.UNHEALTHY;
    return words + "; " + (untold ? root.service() + " never was" : state(root, evidence, now));
  }

  private static ContainerCondition condition(
      ContainerShape waiting, ContainerShape target, ContainerDependency otherwise) {
    return waiting.dependsOn().stream()
        .filter(gate -> gate.containerName().equals(target.name()))
        .findFirst()
        .orElse(otherwise)
        .condition();
  }

  /** Say the state of a container: {@code db exited 3 after 4 s}. */
  static String state(ContainerShape container, ContainerEvidence evidence, Instant now) {
    String name = container.service();
    if (evidence.neverStarted()) {
      return name + " never started" + reason(evidence);
    }
    if (evidence.stopped()) {
      return name + " " + end(container, evidence);
    }
    if (evidence.health() == HealthStatus.UNHEALTHY) {
      return name + " " + unhealthy(container, evidence, now);
    }
    return name + (evidence.started() ? " runs" : " has not started");
  }

  /** Say that a container is unhealthy, and for how long it has run: {@code is unhealthy …}. */
  static String unhealthy(ContainerShape container, ContainerEvidence evidence, Instant now) {
    Instant from = evidence.startedAt();
    String after =
        from == null ? "" : " " + Spoken.of(Duration.between(from, now)) + " after its start";
    return "is unhealthy" + after + reason(evidence);
  }

  /** Say how a container ended: {@code exited 1 after 4 s}. */
  static String end(ContainerShape container, ContainerEvidence evidence) {
    Integer exitCode = evidence.exitCode();
    String after = after(evidence);
    if (exitCode == null) {
      return "ended without an exit code" + after + reason(evidence);
    }
    if (exitCode != 0 && Finding.outOfMemory(evidence)) {
      Integer limit = container.memoryMiB();
      return "ran out of memory%s and was killed%s (exit code %d)"
          .formatted(limit == null ? "" : " (limit " + limit + " MiB)", after, exitCode);
    }
    return switch (exitCode) {
      case 137 -> "was killed by signal 9 (exit code 137)" + after + reason(evidence);
      case 139 -> "crashed with signal 11 (exit code 139)" + after + reason(evidence);
      default -> "exited " + exitCode + after + reason(evidence);
    };
  }

  private static String after(ContainerEvidence evidence) {
    Instant from = evidence.startedAt();
    Instant to = evidence.stoppedAt();
    return from == null || to == null ? "" : " after " + Spoken.of(Duration.between(from, to));
  }

  private static String reason(ContainerEvidence evidence) {
    if (evidence.reason().isEmpty()) {
      return "";
    }
    ReasonKind kind = ReasonClassifier.classify(evidence.reason());
    String remedy = kind.remedy().isEmpty() ? "" : ". " + Spoken.clause(kind.remedy());
    return ": " + Spoken.clause(evidence.reason()) + remedy;
  }

  /** Say what a container that has not started waits for: {@code db to be HEALTHY}. */
  static List<String> waitsFor(TaskState task, ContainerShape waiting) {
    return shutGates(task, waiting)
        .map(gate -> service(task, gate) + " " + Spoken.of(gate.condition()))
        .toList();
  }

  /** Return the containers that one that has not started waits for. */
  static List<ContainerShape> awaited(TaskState task, ContainerShape waiting) {
    return shutGates(task, waiting).flatMap(gate -> find(task, gate).stream()).toList();
  }

  private static Stream<ContainerDependency> shutGates(TaskState task, ContainerShape waiting) {
    return waiting.dependsOn().stream()
        .filter(
            gate ->
                find(task, gate)
                    .filter(target -> !open(gate, task.evidenceOf(target)))
                    .isPresent());
  }

  private static String service(TaskState task, ContainerDependency gate) {
    return find(task, gate).map(ContainerShape::service).orElse(gate.containerName());
  }

  private static Optional<ContainerShape> find(TaskState task, ContainerDependency gate) {
    return task.containers().stream()
        .filter(c -> c.name().equals(gate.containerName()))
        .findFirst();
  }

  private static boolean open(ContainerDependency gate, ContainerEvidence target) {
    return switch (gate.condition()) {
      case START -> target.started();
      case COMPLETE -> target.stopped() && target.started();
      case SUCCESS -> target.stopped() && Integer.valueOf(0).equals(target.exitCode());
      case HEALTHY -> target.health() == HealthStatus.HEALTHY && !target.stopped();
      case LISTENING -> target.readyAt() != null || target.stopped();
    };
  }

  /**
   * Name the services that somebody waited for to listen and that did not: their dependents started
   * all the same, because START is what a composition promises.
   */
  static List<String> silent(TaskState task) {
    return task.containers().stream()
        .filter(c -> c.listening() != null && task.evidenceOf(c).readyAt() == null)
        .filter(c -> task.evidenceOf(c).started())
        .flatMap(c -> silence(task, c).stream())
        .toList();
  }

  private static Optional<String> silence(TaskState task, ContainerShape target) {
    List<String> dependents =
        task.containers().stream()
            .filter(c -> task.evidenceOf(c).started() && waitsToListen(c, target))
            .map(ContainerShape::service)
            .toList();
    Listening listening = target.listening();
    if (dependents.isEmpty() || listening == null) {
      return Optional.empty();
    }
    String ports =
        Spoken.list(listening.ports().stream().map(String::valueOf).toList())
            .replace(" and ", " or ");
    boolean ended = endedBefore(task, target, dependents);
    return Optional.of(
        ended
            ? "%s ended before it listened on %s; %s started all the same"
                .formatted(target.service(), ports, Spoken.list(dependents))
            : "%s did not listen on %s within %s; %s started all the same"
                .formatted(
                    target.service(),
                    ports,
                    Spoken.of(listening.limit()),
                    Spoken.list(dependents)));
  }

  private static boolean endedBefore(
      TaskState task, ContainerShape target, List<String> dependents) {
    Instant end = task.evidenceOf(target).stoppedAt();
    return end != null
        && task.containers().stream()
            .filter(c -> dependents.contains(c.service()))
            .map(c -> task.evidenceOf(c).startedAt())
            .allMatch(start -> notBefore(start, end));
  }

  private static boolean notBefore(@Nullable Instant start, Instant end) {
    return start != null && !start.isBefore(end);
  }

  private static boolean waitsToListen(ContainerShape container, ContainerShape target) {
    return container.dependsOn().stream()
        .anyMatch(
            gate ->
                gate.condition() == ContainerCondition.LISTENING
                    && gate.containerName().equals(target.name()));
  }
}
