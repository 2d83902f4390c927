package dev.audition.core.run;

import dev.audition.core.hook.Annotation;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to, for people and for {@code --json}.
 *
 * @param verdict null while the run goes on
 * @param reason one paragraph that says why: the first cause, and what still waited for what
 * @param timeline what happened, in order
 * @param hooks notifications, in the order in which they are sent
 * @param annotations what hooks have put on record
 */
public record RunReport(
    RunId runId,
    String file,
    @Nullable Verdict verdict,
    String reason,
    List<StepReport> steps,
    List<String> warnings,
    List<TimelineEntry> timeline,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<HookReport> hooks,
    List<Annotation> annotations) {
  public RunReport {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
    timeline = List.copyOf(timeline);
    hooks = List.copyOf(hooks);
    annotations = List.copyOf(annotations);
  }

  /** Return this without a word of notifications: nobody knows yet what becomes of them. */
  public RunReport withoutHooks() {
    return with(reason, steps, warnings, List.of());
  }

  /** Return this with another reason. */
  public RunReport withReason(String other) {
    return with(other, steps, warnings, hooks);
  }

  /** Return this with other warnings. */
  public RunReport withWarnings(List<String> others) {
    return with(reason, steps, others, hooks);
  }

  /** Return this with each container as it is said to stand. */
  public RunReport withContainers(
      BiFunction<StepReport, ContainerReport, ContainerReport> containers) {
    List<StepReport> others =
        steps.stream()
            .map(step -> step.withContainers(container -> containers.apply(step, container)))
            .toList();
    return with(reason, others, warnings, hooks);
  }

  private RunReport with(
      String why, List<StepReport> parts, List<String> warned, List<HookReport> told) {
    return new RunReport(
        runId, file, verdict, why, parts, warned, timeline, startedAt, endedAt, told, annotations);
  }

  /**
   * One notification that a verdict has set off.
   *
   * @param id the delivery's id, as its receiver sees it
   * @param owner the step's name, or {@code run}
   * @param kind {@code on_success}, {@code on_fail} or {@code on_finish}
   * @param type {@code webhook}, {@code slack}, {@code sns} or {@code eventbridge}
   * @param target where it goes, without anything secret
   * @param detail what the last try came to; empty before the first
   */
  public record HookReport(
      String id,
      String owner,
      String kind,
      String type,
      String target,
      HookDelivery.State state,
      int tries,
      String detail) {}

  /**
   * One step.
   *
   * @param verdict null while it has none
   * @param state {@code not run}, {@code waiting}, {@code running}, {@code ended}
   * @param guilty the service whose last lines explain the verdict; null if there is none
   * @param counts whether its verdict may decide the run's
   */
  public record StepReport(
      int number,
      String name,
      @Nullable Verdict verdict,
      String state,
      String reason,
      @Nullable String guilty,
      boolean counts,
      List<ContainerReport> candidates,
      List<ContainerReport> services) {
    public StepReport {
      candidates = List.copyOf(candidates);
      services = List.copyOf(services);
    }

    StepReport withContainers(UnaryOperator<ContainerReport> containers) {
      return new StepReport(
          number,
          name,
          verdict,
          state,
          reason,
          guilty,
          counts,
          candidates.stream().map(containers).toList(),
          services.stream().map(containers).toList());
    }
  }

  /**
   * One container.
   *
   * @param name the user's name for it
   * @param outcome one of {@code waiting}, {@code running} (of a run that ended: kept), {@code
   *     exited}, {@code signalled}, {@code out-of-memory}, {@code never-started}, {@code
   *     unhealthy}, {@code stopped} (by us, after the verdict), {@code lost}
   * @param reason the runtime's words; empty if none
   * @param seconds from its start to its end; null if it never started
   */
  public record ContainerReport(
      String name,
      String outcome,
      @Nullable Integer exitCode,
      String reason,
      @Nullable Double seconds,
      @Nullable Integer peakMemoryMiB,
      int plannedMemoryMiB) {
    /** Return this with another outcome. */
    public ContainerReport withOutcome(String other) {
      return new ContainerReport(
          name, other, exitCode, reason, seconds, peakMemoryMiB, plannedMemoryMiB);
    }
  }

  /** One moment, counted from the run's start. */
  public record TimelineEntry(Duration at, String subject, String event) {}
}
