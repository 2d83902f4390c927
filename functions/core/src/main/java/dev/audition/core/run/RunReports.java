package dev.audition.core.run;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.run.RunReport.TimelineEntry;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Makes the report of a run from its state, its plans and a moment. */
public final class RunReports {
  private static final double MILLIS = 1000.0;

  private RunReports() {}

  /**
   * Report on a run.
   *
   * @param plans those the run was made from, for planned memory and warnings; may be empty
   * @param now for how long what still runs has run
   */
  public static RunReport report(Run run, List<Plan> plans, Instant now) {
    List<StepReport> steps = new ArrayList<>();
    for (StepState step : run.steps()) {
      List<PlannedContainer> planned =
          plans.stream()
              .filter(plan -> plan.stepNumber() == step.number())
              .flatMap(plan -> plan.tasks().stream())
              .flatMap(task -> task.containers().stream())
              .toList();
      steps.add(
          StepReports.of(run, step)
              .withContainers(container -> withPlan(step, container, planned, now)));
    }
    Instant from = run.times().startedAt();
    return new RunReport(
        run.id(),
        run.file(),
        run.verdict(),
        reason(run),
        steps,
        warnings(run, plans),
        timeline(run),
        from == null ? run.times().createdAt() : from,
        run.times().endedAt(),
        HookReports.hooks(run),
        HookReports.annotations(run));
  }

  private static ContainerReport withPlan(
      StepState step, ContainerReport container, List<PlannedContainer> planned, Instant now) {
    int memory =
        planned.stream()
            .filter(p -> p.service().equals(container.name()))
            .map(PlannedContainer::memoryMiB)
            .findFirst()
            .orElse(container.plannedMemoryMiB());
    Double seconds =
        container.seconds() == null ? elapsed(step, container, now) : container.seconds();
    return new ContainerReport(
        container.name(),
        container.outcome(),
        container.exitCode(),
        container.reason(),
        seconds,
        container.peakMemoryMiB(),
        memory);
  }

  private static @Nullable Double elapsed(StepState step, ContainerReport container, Instant now) {
    return step.tasks().stream()
        .flatMap(
            task ->
                task.containers().stream()
                    .filter(c -> c.service().equals(container.name()))
                    .map(task::evidenceOf))
        .map(ContainerEvidence::startedAt)
        .filter(Objects::nonNull)
        .findFirst()
        .map(from -> Duration.between(from, now).toMillis() / MILLIS)
        .orElse(null);
  }

  private static String reason(Run run) {
    List<String> sentences = new ArrayList<>();
    Ticket ticket = run.ticket();
    if (run.status() == RunStatus.QUEUED && ticket != null) {
      sentences.add(ticket.waits());
    }
    for (StepState step : run.steps()) {
      if (step.verdict() != null && !step.verdict().success() && !step.counts()) {
        sentences.add(
            "Step %s %s, which does not count (fail_fast: false)."
                .formatted(step.name(), step.verdict()));
      }
    }
    Interruption interruption = run.interruption();
    List<StepState> deciding = deciding(run);
    if (deciding.isEmpty() && interruption != null) {
      sentences.add(interruption.paragraph());
    }
    boolean several = run.steps().size() > 1;
    for (StepState step : deciding) {
      Cause cause = step.cause();
      String words = cause == null ? "" : cause.paragraph();
      sentences.add(several ? "Step %s: %s".formatted(step.name(), words) : words);
    }
    if (run.verdict() == Verdict.SKIPPED) {
      sentences.add("No step ran.");
    }
    return String.join(" ", sentences);
  }

  /** The step that decided; of a run that passed, every step that ran. */
  private static List<StepState> deciding(Run run) {
    if (run.verdict() == Verdict.PASSED) {
      return run.steps().stream().filter(s -> s.verdict() == Verdict.PASSED).toList();
    }
    return run.steps().stream()
        .filter(s -> s.verdict() != null && !s.verdict().success() && s.counts())
        .limit(1)
        .toList();
  }

  private static List<String> warnings(Run run, List<Plan> plans) {
    SequencedSet<String> warnings = new LinkedHashSet<>();
    plans.stream()
        .flatMap(plan -> plan.diagnostics().stream())
        .filter(diagnostic -> diagnostic.severity() == Severity.WARNING)
        .map(Diagnostic::render)
        .forEach(warnings::add);
    warnings.addAll(run.warnings());
    run.steps().stream()
        .flatMap(step -> step.tasks().stream())
        .flatMap(task -> WhatHappened.silent(task).stream())
        .forEach(warnings::add);
    return List.copyOf(warnings);
  }

  private static List<TimelineEntry> timeline(Run run) {
    List<Moment> moments = new ArrayList<>(run.moments());
    for (StepState step : run.steps()) {
      for (TaskState task : step.tasks()) {
        task.containers().forEach(c -> moments.addAll(moments(task, c)));
      }
    }
    moments.sort(Comparator.comparing(Moment::at).thenComparing(RunReports::isVerdict));
    Instant from =
        run.times().startedAt() == null ? run.times().createdAt() : run.times().startedAt();
    return moments.stream()
        .map(m -> new TimelineEntry(Duration.between(from, m.at()), m.subject(), m.event()))
        .toList();
  }

  /** At one moment the verdict comes last: what else happened then brought it about. */
  private static boolean isVerdict(Moment moment) {
    return Arrays.stream(Verdict.values()).anyMatch(v -> v.name().equals(moment.event()));
  }

  private static List<Moment> moments(TaskState task, ContainerShape container) {
    ContainerEvidence evidence = task.evidenceOf(container);
    List<Moment> moments = new ArrayList<>();
    add(moments, evidence.startedAt(), container, "started");
    if (!container.candidate() && !Objects.equals(evidence.readyAt(), evidence.startedAt())) {
      add(moments, evidence.readyAt(), container, "ready");
    }
    Integer exitCode = evidence.exitCode();
    boolean own = evidence.byItself() || TaskEnding.endedNormallyWith(task, container);
    add(
        moments,
        evidence.stoppedAt(),
        container,
        exitCode == null ? "ended" : (own ? "exited " : "stopped, exit code ") + exitCode);
    return moments;
  }

  private static void add(
      List<Moment> moments, @Nullable Instant at, ContainerShape container, String event) {
    if (at != null) {
      moments.add(new Moment(at, container.service(), event));
    }
  }
}
