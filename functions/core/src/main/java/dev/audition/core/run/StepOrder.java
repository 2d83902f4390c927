package dev.audition.core.run;

import dev.audition.core.run.RunCommand.ConfirmStep;
import dev.audition.core.run.RunCommand.PrepareStep;
import dev.audition.core.run.RunCommand.StopTask;
import dev.audition.core.task.TaskArn;
import dev.audition.core.verdict.Verdict;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How steps begin, end and follow one another. */
final class StepOrder {
  private StepOrder() {}

  /** Begin the next step that runs, passing over those that do not; end the run after the last. */
  static Run next(Run run, Instant now) {
    Run next = run;
    for (StepState step : run.steps()) {
      if (step.times().startedAt() != null || step.verdict() != null) {
        continue;
      }
      switch (step.settings().kind()) {
        case OTHER -> {}
        case SKIPPED ->
            next =
                next.with(step.end(Verdict.SKIPPED, cause(step.settings().notRun()), now))
                    .told(now, step.name(), "skipped");
        case COMPOSITION, BUILD -> {
          return next.withStatus(RunStatus.PREPARING)
              .with(step.begin(now))
              .told(now, step.name(), "started")
              .command(new PrepareStep(step.number(), 1), now);
        }
      }
    }
    return finish(next, now);
  }

  private static Cause cause(String words) {
    return new Cause(Cause.Kind.STEP, Spoken.sentence(words), null);
  }

  /**
   * End a step: commit its verdict, ask for the end of its tasks, and go on or end the run. The
   * verdict does not wait for the tasks; the next step does.
   */
  static Run end(Run run, StepState step, Verdict verdict, Cause cause, Instant now) {
    StepState ended = step.end(verdict, cause, now);
    Run next =
        run.withoutCommands(
                c ->
                    c.step() == step.number()
                        && (c instanceof PrepareStep || c instanceof ConfirmStep))
            .with(ended)
            .told(now, step.name(), verdict.name());
    for (TaskState task : ended.tasks()) {
      next = stop(next, next.step(step.number()).orElseThrow(), task, now);
    }
    StepState last = next.step(step.number()).orElseThrow();
    if (last.endsRun() || noneLeft(next)) {
      return last.endsRun() ? finish(next, now) : next(next, now);
    }
    next = next.withStatus(RunStatus.CLEARING);
    return cleared(next) ? next(next, now) : next;
  }

  private static boolean noneLeft(Run run) {
    return run.steps().stream()
        .noneMatch(s -> s.times().startedAt() == null && s.settings().kind().runs());
  }

  private static Run stop(Run run, StepState step, TaskState task, Instant now) {
    TaskArn arn = task.arn();
    if (arn == null) {
      boolean launching = run.launchPending(step.key(run.id(), task));
      return run.with(step.with(launching ? task.thenStop() : task.withoutRetry()));
    }
    return task.ending() ? run : run.command(new StopTask(step.number(), arn, why(step)), now);
  }

  /** The reason a stopped task carries; ECS keeps 255 characters. */
  static String why(StepState step) {
    Verdict verdict = step.verdict();
    return "audition: step %d ended%s"
        .formatted(
            step.number(), verdict == null ? "" : " " + verdict.name().toLowerCase(Locale.ROOT));
  }

  /** End the current step, if there is one, and the run. */
  static Run interrupt(Run run, Verdict verdict, String words, Instant now) {
    Run next = run.interrupted(new Interruption(verdict, Spoken.sentence(words), now));
    Optional<StepState> step = run.currentStep();
    if (step.isEmpty()) {
      return finish(next, now);
    }
    Cause cause = Explanation.ofInterruption(Cause.Kind.RUN, words, step.get(), now);
    return end(next, step.get(), verdict, cause, now);
  }

  /** Return whether nothing of the steps that have ended runs any more, or will. */
  static boolean cleared(Run run) {
    return run.steps().stream()
        .filter(step -> step.verdict() != null)
        .allMatch(
            step ->
                step.tasks().stream()
                    .allMatch(
                        task ->
                            task.arn() == null
                                ? !run.launchPending(step.key(run.id(), task))
                                : task.over()));
  }

  private static Run finish(Run run, Instant now) {
    Verdict verdict = verdict(run);
    return run.ended(verdict, now).told(now, "run", verdict.name());
  }

  /**
   * The verdict of the first step, in order, that is neither PASSED nor SKIPPED and that counts;
   * then that of what was said to the run as a whole.
   */
  private static Verdict verdict(Run run) {
    Interruption interruption = run.interruption();
    return run.steps().stream()
        .filter(step -> step.verdict() != null && !step.verdict().success() && step.counts())
        .map(StepState::verdict)
        .findFirst()
        .orElseGet(() -> interruption == null ? good(run) : interruption.verdict());
  }

  /** PASSED is never guessed: a run of which nothing ran is SKIPPED. */
  private static Verdict good(Run run) {
    boolean anyRan = run.steps().stream().anyMatch(step -> step.times().startedAt() != null);
    return anyRan ? Verdict.PASSED : Verdict.SKIPPED;
  }
}
