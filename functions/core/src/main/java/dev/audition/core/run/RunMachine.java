package dev.audition.core.run;

import dev.audition.core.run.RunCommand.ConfirmStep;
import dev.audition.core.run.RunCommand.LaunchTask;
import dev.audition.core.run.RunCommand.PrepareStep;
import dev.audition.core.run.RunCommand.SendHook;
import dev.audition.core.run.RunCommand.StopTask;
import dev.audition.core.run.RunEvent.CancelRequested;
import dev.audition.core.run.RunEvent.Checked;
import dev.audition.core.run.RunEvent.CommandBroke;
import dev.audition.core.run.RunEvent.DeadlinePassed;
import dev.audition.core.run.RunEvent.HookQueued;
import dev.audition.core.run.RunEvent.HookTried;
import dev.audition.core.run.RunEvent.LaunchRefused;
import dev.audition.core.run.RunEvent.Launched;
import dev.audition.core.run.RunEvent.PreparationFailed;
import dev.audition.core.run.RunEvent.Started;
import dev.audition.core.run.RunEvent.StepPrepared;
import dev.audition.core.run.RunEvent.StopAnswered;
import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an event means for a run. Pure: the same run, event and moment give the same transition; an
 * event that has been applied before, or comes too late, changes nothing.
 */
public final class RunMachine {
  private RunMachine() {}

  /** Apply an event at a moment. */
  public static Transition apply(Run run, RunEvent event, Instant now) {
    Run next =
        switch (event) {
          case Started _ -> onStarted(run, now);
          case StepPrepared prepared -> onPrepared(run, prepared, now);
          case PreparationFailed failed -> onPreparationFailed(run, failed, now);
          case Launched launched -> TaskEvents.onLaunched(run, launched, now);
          case LaunchRefused refused -> onLaunchRefused(run, refused, now);
          case TaskStateChanged changed -> TaskEvents.onDescribed(run, changed.task(), now);
          case Checked checked -> onChecked(run, checked, now);
          case StopAnswered answered -> onStopAnswered(run, answered);
          case CommandBroke broke -> onBroke(run, broke, now);
          case DeadlinePassed _ -> Deadlines.onPassed(run, now);
          case CancelRequested cancel -> onCancel(run, cancel, now);
          case HookQueued queued -> HookOrder.onQueued(run, queued, now);
          case HookTried tried -> HookOrder.onTried(run, tried, now);
        };
    next = HookOrder.settle(settle(next, now), now);
    if (next.equals(run)) {
      return new Transition(run, List.of());
    }
    return Transition.between(run, next.withNextCheckAt(Deadlines.nextCheck(next, now)));
  }

  private static Run onStarted(Run run, Instant now) {
    return run.status() == RunStatus.QUEUED ? StepOrder.next(run.started(now), now) : run;
  }

  private static Run onPrepared(Run run, StepPrepared prepared, Instant now) {
    Optional<StepState> found = awaited(run, prepared.step(), prepared.attempt());
    if (found.isEmpty()) {
      return run;
    }
    Run next = run.withoutCommands(PrepareStep.class::isInstance).warned(prepared.warnings());
    StepState step = found.get().prepared(prepared.tasks());
    if (prepared.tasks().isEmpty()) {
      return StepOrder.end(next, step, Verdict.PASSED, plain("its images are built"), now);
    }
    if (StepJudge.findings(step, now).isEmpty()) {
      Cause cause = plain("its tasks hold no candidate, so nothing could decide");
      return StepOrder.end(next, step, Verdict.ERRORED, cause, now);
    }
    next = next.withStatus(RunStatus.RUNNING).with(step).told(now, step.name(), "prepared");
    for (TaskState task : step.tasks()) {
      next = next.command(new LaunchTask(step.key(run.id(), task), task.tryNumber()), now);
    }
    return next;
  }

  private static Run onPreparationFailed(Run run, PreparationFailed failed, Instant now) {
    Optional<StepState> found = awaited(run, failed.step(), failed.attempt());
    if (found.isEmpty()) {
      return run;
    }
    StepState step = found.get();
    Run next = run.withoutCommands(PrepareStep.class::isInstance);
    return switch (failed.kind()) {
      case BUILD_FAILED -> StepOrder.end(next, step, Verdict.FAILED, plain(failed.reason()), now);
      case REFUSED -> StepOrder.end(next, step, Verdict.REFUSED, plain(failed.reason()), now);
      case UNAVAILABLE -> {
        Optional<Duration> delay = RetryPolicy.ATTEMPTS.after(step.preparation());
        yield delay.isEmpty()
            ? StepOrder.end(next, step, Verdict.ERRORED, plain(failed.reason()), now)
            : next.with(step.prepareAt(now.plus(delay.get())))
                .told(now, step.name(), "not prepared, tried again: " + failed.reason());
      }
    };
  }

  /** Find the step whose preparation is waited for, if it is this one at this attempt. */
  private static Optional<StepState> awaited(Run run, int number, int attempt) {
    return run.isPending(new PrepareStep(number, attempt).id())
        ? run.currentStep().filter(step -> step.number() == number)
        : Optional.empty();
  }

  private static Run onLaunchRefused(Run run, LaunchRefused refused, Instant now) {
    TaskKey key = refused.key();
    String command = new LaunchTask(key, refused.tryNumber()).id();
    if (!run.isPending(command)) {
      return run;
    }
    Run next = run.withoutCommands(c -> c.id().equals(command));
    Optional<StepState> found = run.step(key.step()).filter(StepState::current);
    Optional<TaskState> task = found.flatMap(step -> step.task(key.task()));
    if (found.isEmpty() || task.isEmpty()) {
      return next; // its step has ended: nothing was launched, so there is nothing to stop
    }
    StepState step = found.get();
    Cause cause = plain("The task was not launched: " + refused.reason());
    return switch (refused.kind()) {
      case COMPOSITION -> StepOrder.end(next, step, Verdict.FAILED, cause, now);
      case OUTSIDE -> StepOrder.end(next, step, Verdict.ERRORED, cause, now);
      case CAPACITY -> {
        Optional<Duration> delay = RetryPolicy.TRIES.after(refused.tryNumber());
        yield delay.isEmpty()
            ? StepOrder.end(next, step, Verdict.ERRORED, cause, now)
            : next.with(step.with(task.get().nextTry(now.plus(delay.get()))))
                .told(now, step.name(), "not launched, tried again: " + refused.reason());
      }
    };
  }

  private static Run onChecked(Run run, Checked checked, Instant now) {
    Run next = TaskEvents.onChecked(run, checked, now);
    return switch (run.status()) {
      case RUNNING -> {
        StepState step = next.currentStep().orElseThrow();
        yield seenWhole(step, checked)
                && StepJudge.judge(step, now) instanceof StepJudge.Judgement.Decided decided
            ? decide(next, step, decided, now)
            : next;
      }
      case CONFIRMING -> confirm(next, new ConfirmStep(checked.step()).id(), now);
      case QUEUED, PREPARING, CLEARING, ENDED -> next;
    };
  }

  /** A check that finds every task is itself the confirmation that a pass needs. */
  private static boolean seenWhole(StepState step, Checked checked) {
    return step.tasks().stream()
        .allMatch(
            task -> checked.found().stream().anyMatch(seen -> seen.taskArn().equals(task.arn())));
  }

  private static Run confirm(Run run, String command, Instant now) {
    if (!run.isPending(command)) {
      return run;
    }
    Run next = run.withoutCommands(c -> c.id().equals(command));
    StepState step = next.currentStep().orElseThrow();
    return switch (StepJudge.judge(step, now)) {
      case StepJudge.Judgement.Decided decided -> decide(next, step, decided, now);
      case StepJudge.Judgement.Open _, StepJudge.Judgement.Retry _ ->
          next.withStatus(RunStatus.RUNNING);
    };
  }

  private static Run onStopAnswered(Run run, StopAnswered answered) {
    return run.withoutCommands(
        c -> c instanceof StopTask stop && stop.arn().equals(answered.arn()));
  }

  private static Run onBroke(Run run, CommandBroke broke, Instant now) {
    Optional<RunCommand> command =
        run.pending().stream()
            .map(PendingCommand::command)
            .filter(c -> c.id().equals(broke.commandId()))
            .findFirst();
    return switch (command.orElse(null)) {
      case null -> run;
      case StopTask _, ConfirmStep _, SendHook _ -> run; // the next check asks again
      case PrepareStep _, LaunchTask _ ->
          run.currentStep()
              .filter(step -> step.number() == command.get().step())
              .map(step -> StepOrder.end(run, step, Verdict.ERRORED, plain(broke.reason()), now))
              .orElse(run);
    };
  }

  private static Run onCancel(Run run, CancelRequested cancel, Instant now) {
    String words =
        "cancelled by " + cancel.by() + (cancel.reason().isEmpty() ? "" : ": " + cancel.reason());
    return run.status().terminal() ? run : StepOrder.interrupt(run, Verdict.CANCELLED, words, now);
  }

  /** Draw the conclusions that the state allows by now. */
  private static Run settle(Run run, Instant now) {
    return switch (run.status()) {
      case RUNNING -> judge(run, run.currentStep().orElseThrow(), now);
      case CLEARING -> StepOrder.cleared(run) ? StepOrder.next(run, now) : run;
      case QUEUED, PREPARING, CONFIRMING, ENDED -> run;
    };
  }

  private static Run judge(Run run, StepState step, Instant now) {
    return switch (StepJudge.judge(step, now)) {
      case StepJudge.Judgement.Open _ -> run;
      case StepJudge.Judgement.Retry retry -> TaskEvents.retry(run, step, retry.findings(), now);
      case StepJudge.Judgement.Decided decided when decided.verdict() == Verdict.PASSED ->
          run.withStatus(RunStatus.CONFIRMING)
              .with(step.withDeadlineNotBefore(now.plus(Deadlines.CONFIRM_LIMIT)))
              .command(new ConfirmStep(step.number()), now);
      case StepJudge.Judgement.Decided decided -> decide(run, step, decided, now);
    };
  }

  private static Run decide(
      Run run, StepState step, StepJudge.Judgement.Decided decided, Instant now) {
    Cause cause = Explanation.ofFindings(step, decided.verdict(), decided.findings(), now);
    return StepOrder.end(run, step, decided.verdict(), cause, now);
  }

  private static Cause plain(String words) {
    return new Cause(Cause.Kind.STEP, Spoken.sentence(words), null);
  }
}
