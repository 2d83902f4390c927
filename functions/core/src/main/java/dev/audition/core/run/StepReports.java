package dev.audition.core.run;

import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.verdict.VerdictRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says for a reader how a step and its containers stand. */
final class StepReports {
  private static final double MILLIS = 1000.0;

  private StepReports() {}

  static StepReport of(Run run, StepState step) {
    List<ContainerReport> candidates = new ArrayList<>();
    List<ContainerReport> services = new ArrayList<>();
    for (TaskState task : step.tasks()) {
      for (ContainerShape container : task.containers()) {
        if (!container.ours()) {
          (container.candidate() ? candidates : services)
              .add(container(run, step, task, container));
        }
      }
    }
    if (step.tasks().isEmpty()) {
      step.settings().candidates().forEach(name -> candidates.add(unseen(run, name)));
    }
    Cause cause = step.cause();
    return new StepReport(
        step.number(),
        step.name(),
        step.verdict(),
        state(run, step),
        reason(run, step),
        cause == null ? null : cause.guilty(),
        step.counts(),
        candidates,
        services);
  }

  private static String state(Run run, StepState step) {
    if (step.times().startedAt() != null) {
      return step.verdict() == null ? "running" : "ended";
    }
    boolean never = run.status().terminal() || !step.settings().kind().runs();
    return never ? "not run" : "waiting";
  }

  private static String reason(Run run, StepState step) {
    Cause cause = step.cause();
    if (cause != null) {
      return cause.paragraph();
    }
    if (step.times().startedAt() != null) {
      return "";
    }
    if (!step.settings().notRun().isEmpty()) {
      return Spoken.sentence(step.settings().notRun());
    }
    return run.status().terminal() ? "The run ended before it." : "";
  }

  private static ContainerReport unseen(Run run, String name) {
    String outcome = run.status().terminal() ? "never-started" : "waiting";
    return new ContainerReport(name, outcome, null, "", null, null, 0);
  }

  private static ContainerReport container(
      Run run, StepState step, TaskState task, ContainerShape container) {
    ContainerEvidence evidence = task.evidenceOf(container);
    Integer memory = container.memoryMiB();
    return new ContainerReport(
        container.service(),
        outcome(step, task, container),
        evidence.exitCode(),
        reason(evidence),
        seconds(evidence, run.times().endedAt()),
        evidence.peakMemoryMiB(),
        memory == null ? 0 : memory);
  }

  /** A service that died and was started again has died: that is said, whatever it does now. */
  private static String reason(ContainerEvidence evidence) {
    if (evidence.restarts() == 0) {
      return evidence.reason();
    }
    String restarted =
        evidence.restarts() == 1
            ? "ended and was restarted"
            : "ended and was restarted %d times".formatted(evidence.restarts());
    return evidence.reason().isEmpty() ? restarted : evidence.reason() + "; " + restarted;
  }

  private static String outcome(StepState step, TaskState task, ContainerShape container) {
    ContainerEvidence evidence = task.evidenceOf(container);
    boolean ended = step.verdict() != null;
    Integer exitCode = evidence.exitCode();
    if (evidence.stopped() && evidence.started()) {
      boolean own = evidence.byItself() || TaskEnding.endedNormallyWith(task, container);
      if (exitCode == null) {
        return "lost";
      }
      return own ? VerdictRule.ofExit(exitCode, Finding.outOfMemory(evidence)).word() : "stopped";
    }
    if (!evidence.started()) {
      return evidence.neverStarted() || ended ? "never-started" : "waiting";
    }
    if (task.launch().gone()) {
      return "lost";
    }
    if (evidence.health() == HealthStatus.UNHEALTHY) {
      return "unhealthy";
    }
    return ended ? "stopped" : "running";
  }

  private static @Nullable Double seconds(ContainerEvidence evidence, @Nullable Instant end) {
    Instant from = evidence.startedAt();
    Instant to = evidence.stoppedAt() == null ? end : evidence.stoppedAt();
    return from == null || to == null ? null : Duration.between(from, to).toMillis() / MILLIS;
  }
}
