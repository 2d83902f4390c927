package dev.audition.core.run;

import dev.audition.core.verdict.CandidateOutcome;
import dev.audition.core.verdict.CandidateOutcome.Exited;
import dev.audition.core.verdict.CandidateOutcome.Lost;
import dev.audition.core.verdict.CandidateOutcome.NeverStarted;
import dev.audition.core.verdict.CandidateOutcome.OutOfMemory;
import dev.audition.core.verdict.CandidateOutcome.Signalled;
import dev.audition.core.verdict.CandidateOutcome.Stopped;
import dev.audition.core.verdict.CandidateOutcome.Unhealthy;
import dev.audition.core.verdict.Verdict;
import dev.audition.core.verdict.VerdictRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The paragraph that says why, written from the evidence at the moment of the verdict: what comes
 * later is our own teardown and would only mislead.
 */
final class Explanation {
  private Explanation() {}

  /** Explain a verdict that the step's own tasks brought about. */
  static Cause ofFindings(StepState step, Verdict verdict, List<Finding> findings, Instant now) {
    List<Finding> ordered = firstCauseFirst(verdict, findings);
    List<String> sentences = new ArrayList<>();
    ordered.forEach(finding -> sentences.add(sentence(finding, now)));
    sentences.addAll(aside(step, findings));
    ContainerShape guilty =
        verdict.success() || ordered.isEmpty() ? null : ordered.getFirst().guilty();
    return new Cause(
        Cause.Kind.STEP, String.join(" ", sentences), guilty == null ? null : guilty.service());
  }

  /** Explain an end that came from outside of the step: a deadline or a cancel. */
  static Cause ofInterruption(Cause.Kind kind, String first, StepState step, Instant now) {
    List<String> sentences = new ArrayList<>();
    sentences.add(Spoken.sentence(first));
    List<Finding> findings = StepJudge.findings(step, now);
    findings.forEach(finding -> sentences.add(sentence(finding, now)));
    sentences.addAll(aside(step, findings));
    return new Cause(kind, String.join(" ", sentences), unfinished(findings));
  }

  /** Whoever still ran has more to say than whoever was still waited for. */
  private static @Nullable String unfinished(List<Finding> findings) {
    List<Finding> open = findings.stream().filter(f -> f.outcome() == null).toList();
    return Stream.concat(
            open.stream().map(Finding::candidate).filter(c -> ran(open, c)),
            open.stream()
                .flatMap(f -> WhatHappened.awaited(f.task(), f.candidate()).stream())
                .filter(c -> ran(open, c)))
        .map(ContainerShape::service)
        .findFirst()
        .orElse(null);
  }

  private static boolean ran(List<Finding> findings, ContainerShape container) {
    return findings.stream().anyMatch(f -> f.task().evidenceOf(container).started());
  }

  private static List<Finding> firstCauseFirst(Verdict verdict, List<Finding> findings) {
    List<Finding> ordered = new ArrayList<>(findings);
    ordered.sort(
        Comparator.<Finding, Boolean>comparing(f -> !decides(verdict, f))
            .thenComparing(
                f -> f.task().evidenceOf(f.candidate()).stoppedAt(),
                Comparator.nullsLast(Comparator.naturalOrder())));
    return ordered;
  }

  private static boolean decides(Verdict verdict, Finding finding) {
    CandidateOutcome outcome = finding.outcome();
    return outcome != null && VerdictRule.of(outcome) == verdict;
  }

  private static String sentence(Finding finding, Instant now) {
    String name = finding.candidate().service();
    ContainerEvidence evidence = finding.task().evidenceOf(finding.candidate());
    return Spoken.sentence(
        switch (finding.outcome()) {
          case null -> unfinished(finding, evidence, now);
          case Exited _, Signalled _, OutOfMemory _ ->
              name + " " + WhatHappened.end(finding.candidate(), evidence);
          case NeverStarted never -> name + " never started: " + never.reason();
          case Unhealthy unhealthy -> name + " " + unhealthy.reason();
          case Lost lost -> name + " was lost: " + lost.reason();
          case Stopped stopped -> name + " was stopped: " + stopped.reason();
        });
  }

  private static String unfinished(Finding finding, ContainerEvidence evidence, Instant now) {
    String name = finding.candidate().service();
    if (evidence.started()) {
      Instant from = evidence.startedAt();
      return name
          + " was still running"
          + (from == null ? "" : " (" + Spoken.of(Duration.between(from, now)) + ")");
    }
    List<String> awaited = WhatHappened.waitsFor(finding.task(), finding.candidate());
    return awaited.isEmpty()
        ? name + " had not started yet"
        : name + " still waited for " + Spoken.list(awaited);
  }

  /** What does not decide and must be seen: dead services, services that never listened. */
  private static List<String> aside(StepState step, List<Finding> findings) {
    List<ContainerShape> named = findings.stream().flatMap(f -> f.roots().stream()).toList();
    List<String> sentences = new ArrayList<>();
    for (TaskState task : step.tasks()) {
      for (ContainerShape container : task.containers()) {
        ContainerEvidence evidence = task.evidenceOf(container);
        if (!container.candidate()
            && died(evidence)
            && !named.contains(container)
            && !TaskEnding.explainedBy(container, evidence)) {
          sentences.add(
              Spoken.sentence(
                  "Service %s %s, which decides nothing"
                      .formatted(container.service(), WhatHappened.end(container, evidence))));
        }
      }
      WhatHappened.silent(task).forEach(words -> sentences.add(Spoken.sentence(words)));
    }
    return sentences;
  }

  static boolean died(ContainerEvidence evidence) {
    return evidence.byItself() && !Integer.valueOf(0).equals(evidence.exitCode());
  }
}
