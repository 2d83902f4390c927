package dev.audition.core.run;

import dev.audition.core.run.RunCommand.LaunchTask;
import dev.audition.core.run.RunCommand.StopTask;
import dev.audition.core.run.RunEvent.Checked;
import dev.audition.core.run.RunEvent.Launched;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.verdict.CandidateOutcome.Lost;
import dev.audition.core.verdict.CandidateOutcome.NeverStarted;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is heard of tasks. */
final class TaskEvents {
  /** A task that is not found this soon after its launch may only not be visible yet. */
  static final Duration NOT_FOUND_YET = Duration.ofMinutes(5);

  private static final String UNWANTED = "audition: no run wants this task";

  private TaskEvents() {}

  /** A launch was answered. */
  static Run onLaunched(Run run, Launched launched, Instant now) {
    return adopt(run, launched.key(), launched.arn(), now);
  }

  /**
   * A task was described: adopt it where its launch was not answered yet, then join the evidence.
   */
  static Run onDescribed(Run run, TaskDescription seen, Instant now) {
    Optional<TaskKey> key = TaskKey.parse(seen.startedBy()).filter(k -> k.run().equals(run.id()));
    if (key.isEmpty()) {
      return run;
    }
    boolean over =
        seen.desiredStatus() == DesiredStatus.STOPPED || seen.lastStatus() == LastStatus.STOPPED;
    Optional<TaskState> known = find(run, key.get());
    if (known.isEmpty() || isOther(known.get(), seen.taskArn())) {
      return over || (known.isEmpty() && unknown(run, key.get()))
          ? run
          : run.command(new StopTask(key.get().step(), seen.taskArn(), UNWANTED), now);
    }
    Run next = adopt(run, key.get(), seen.taskArn(), now);
    StepState step = next.step(key.get().step()).orElseThrow();
    TaskState task = step.task(key.get().task()).orElseThrow().join(seen, now);
    next = next.with(step.with(task));
    return task.over() ? next.withoutCommands(c -> stops(c, seen.taskArn())) : next;
  }

  private static boolean stops(RunCommand command, TaskArn arn) {
    return command instanceof StopTask stop && stop.arn().equals(arn);
  }

  /** Whether an attempt lies ahead of what was committed: then it is none of this run's doing. */
  private static boolean unknown(Run run, TaskKey key) {
    return run.step(key.step())
        .flatMap(step -> step.task(key.task()))
        .map(task -> key.attempt() > task.attempt())
        .orElse(true);
  }

  private static boolean isOther(TaskState task, TaskArn arn) {
    return task.arn() != null && !task.arn().equals(arn);
  }

  private static Optional<TaskState> find(Run run, TaskKey key) {
    return run.step(key.step())
        .flatMap(step -> step.task(key.task()))
        .filter(task -> task.attempt() == key.attempt());
  }

  /** Settle the launch of an attempt; one that is no longer wanted is stopped. */
  private static Run adopt(Run run, TaskKey key, TaskArn arn, Instant now) {
    Optional<TaskState> known = find(run, key);
    Run next = run.withoutCommands(c -> c instanceof LaunchTask launch && launch.key().equals(key));
    if (known.isEmpty()) {
      return next;
    }
    TaskState task = known.get();
    if (task.arn() != null) {
      return isOther(task, arn) ? next.command(new StopTask(key.step(), arn, UNWANTED), now) : next;
    }
    StepState step = next.step(key.step()).orElseThrow();
    next = next.with(step.with(task.withArn(arn, now))).told(now, step.name(), launched(key));
    boolean unwanted = task.launch().stopWanted() || step.verdict() != null;
    return unwanted ? next.command(new StopTask(key.step(), arn, StepOrder.why(step)), now) : next;
  }

  private static String launched(TaskKey key) {
    String task = key.task() == 1 ? "" : " " + key.task();
    return "task" + task + " launched" + (key.attempt() == 1 ? "" : ", attempt " + key.attempt());
  }

  /** All tasks of a step were asked for: join what was found, give up what is gone. */
  static Run onChecked(Run run, Checked checked, Instant now) {
    Run next = run;
    for (TaskDescription found : checked.found()) {
      next = onDescribed(next, found, now);
    }
    Optional<StepState> step = next.step(checked.step());
    if (step.isEmpty()) {
      return next;
    }
    for (TaskState task : step.get().tasks()) {
      TaskArn arn = task.arn();
      boolean missing =
          arn != null
              && checked.asked().contains(arn)
              && checked.found().stream().noneMatch(seen -> seen.taskArn().equals(arn));
      if (missing && !task.over() && old(task, now)) {
        next = next.with(next.step(checked.step()).orElseThrow().with(task.asGone()));
      }
    }
    return next;
  }

  private static boolean old(TaskState task, Instant now) {
    Instant launchedAt = task.launch().launchedAt();
    return launchedAt != null && !now.isBefore(launchedAt.plus(NOT_FOUND_YET));
  }

  /**
   * Launch again the tasks that ran no candidate, after a while; where one was tried often enough,
   * the step ends.
   */
  static Run retry(Run run, StepState step, List<Finding> findings, Instant now) {
    Run next = run;
    for (TaskState task : findings.stream().map(Finding::task).distinct().toList()) {
      Optional<Duration> delay = RetryPolicy.ATTEMPTS.after(task.attempt());
      if (delay.isEmpty()) {
        Cause cause =
            Explanation.ofFindings(step, Verdict.ERRORED, StepJudge.findings(step, now), now);
        return StepOrder.end(run, step, Verdict.ERRORED, cause, now);
      }
      TaskArn arn = task.arn();
      if (arn != null && !task.ending()) {
        next = next.command(new StopTask(step.number(), arn, "audition: tried again"), now);
      }
      TaskState again = task.nextAttempt(now.plus(delay.get()));
      next = next.with(next.step(step.number()).orElseThrow().with(again));
      next = next.told(now, step.name(), "tried again: " + reason(findings, task));
    }
    return next;
  }

  private static String reason(List<Finding> findings, TaskState task) {
    return findings.stream()
        .filter(finding -> finding.task().equals(task))
        .map(
            finding ->
                switch (finding.outcome()) {
                  case NeverStarted never -> never.reason();
                  case Lost lost -> lost.reason();
                  case null, default -> ""; // only these two are ever tried again
                })
        .findFirst()
        .orElse("");
  }
}
