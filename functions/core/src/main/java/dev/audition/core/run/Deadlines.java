package dev.audition.core.run;

import dev.audition.core.run.RunCommand.LaunchTask;
import dev.audition.core.run.RunCommand.PrepareStep;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The moments a run waits for, and what happens when one is over. */
final class Deadlines {
  /** How long the runtime may take to confirm that a step passed. */
  static final Duration CONFIRM_LIMIT = Duration.ofMinutes(5);

  /** How long the next step waits for the tasks of the one before to stop. */
  static final Duration CLEAR_LIMIT = Duration.ofMinutes(10);

  /** When to look after a command that nobody answered. */
  private static final Duration UNANSWERED = Duration.ofSeconds(10);

  /** When to look after a run of which nothing is heard. */
  private static final Duration SILENT = Duration.ofSeconds(60);

  private Deadlines() {}

  /** Apply whatever time has passed. */
  static Run onPassed(Run run, Instant now) {
    return ofStatus(HookOrder.onPassed(run, now), now);
  }

  private static Run ofStatus(Run run, Instant now) {
    return switch (run.status()) {
      case ENDED -> run;
      case QUEUED -> queued(run, now);
      case PREPARING, RUNNING -> inStep(run, run.currentStep().orElseThrow(), now);
      case CONFIRMING -> confirming(run, run.currentStep().orElseThrow(), now);
      case CLEARING -> clearing(run, now);
    };
  }

  private static @Nullable Instant waitsUntil(Run run) {
    Ticket ticket = run.ticket();
    return ticket == null ? null : ticket.until(run.times().createdAt());
  }

  private static Run queued(Run run, Instant now) {
    Ticket ticket = run.ticket();
    if (ticket == null || ticket.patience() == null || !passed(waitsUntil(run), now)) {
      return run;
    }
    String words = "no capacity for it was free within " + Spoken.of(ticket.patience());
    return StepOrder.interrupt(run, Verdict.TIMED_OUT, words, now);
  }

  private static Run inStep(Run run, StepState step, Instant now) {
    if (passed(run.deadline(), now)) {
      return timedOut(run, now);
    }
    if (passed(step.times().deadline(), now)) {
      String words =
          "step %s did not end within %s"
              .formatted(step.name(), Spoken.of(step.settings().timeout()));
      Cause cause = Explanation.ofInterruption(Cause.Kind.STEP_DEADLINE, words, step, now);
      return StepOrder.end(run, step, Verdict.TIMED_OUT, cause, now);
    }
    if (passed(step.times().retryAt(), now)) {
      StepState again = step.prepareAgain();
      return run.with(again).command(new PrepareStep(again.number(), again.preparation()), now);
    }
    Run next = run;
    for (TaskState task : step.tasks()) {
      if (passed(task.launch().retryAt(), now)) {
        next =
            next.with(next.step(step.number()).orElseThrow().with(task.withoutRetry()))
                .command(new LaunchTask(step.key(run.id(), task), task.tryNumber()), now);
      }
    }
    return next;
  }

  /** Its candidates had all ended before any deadline; only the confirmation is late. */
  private static Run confirming(Run run, StepState step, Instant now) {
    if (!passed(step.times().deadline(), now)) {
      return run;
    }
    String words = "every candidate exited 0, but the runtime could not be asked to confirm it";
    Cause cause = Explanation.ofInterruption(Cause.Kind.STEP, words, step, now);
    return StepOrder.end(run, step, Verdict.ERRORED, cause, now);
  }

  private static Run clearing(Run run, Instant now) {
    if (passed(run.deadline(), now)) {
      return timedOut(run, now);
    }
    return passed(clearBy(run), now) ? StepOrder.next(run, now) : run;
  }

  private static Run timedOut(Run run, Instant now) {
    Duration timeout = Objects.requireNonNull(run.timeout());
    return StepOrder.interrupt(
        run, Verdict.TIMED_OUT, "the run did not end within " + Spoken.of(timeout), now);
  }

  private static @Nullable Instant clearBy(Run run) {
    return run.steps().stream()
        .map(step -> step.times().endedAt())
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .map(end -> end.plus(CLEAR_LIMIT))
        .orElse(null);
  }

  private static boolean passed(@Nullable Instant time, Instant now) {
    return time != null && !now.isBefore(time);
  }

  /** Return whether {@link RunEvent.DeadlinePassed} would find anything over. */
  static boolean due(Run run, Instant now) {
    return moments(run).stream().anyMatch(time -> passed(time, now));
  }

  /** Return when somebody must look after the run; null if it needs nothing any more. */
  static @Nullable Instant nextCheck(Run run, Instant now) {
    List<Instant> times = new ArrayList<>(moments(run));
    if (!run.pending().isEmpty()) {
      times.add(now.plus(UNANSWERED));
    }
    boolean waits = run.status() == RunStatus.QUEUED && run.ticket() != null;
    if (!run.status().terminal() && !waits) {
      times.add(now.plus(SILENT));
    }
    return times.stream().min(Instant::compareTo).orElse(null);
  }

  private static List<Instant> moments(Run run) {
    List<@Nullable Instant> times = new ArrayList<>();
    switch (run.status()) {
      case ENDED -> {}
      case QUEUED -> times.add(waitsUntil(run));
      case PREPARING, RUNNING -> {
        times.add(run.deadline());
        StepState step = run.currentStep().orElseThrow();
        times.add(step.times().deadline());
        times.add(step.times().retryAt());
        step.tasks().forEach(task -> times.add(task.launch().retryAt()));
      }
      case CONFIRMING -> times.add(run.currentStep().orElseThrow().times().deadline());
      case CLEARING -> {
        times.add(run.deadline());
        times.add(clearBy(run));
      }
    }
    run.hooks().deliveries().forEach(delivery -> times.add(HookOrder.lostAt(delivery)));
    return times.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
