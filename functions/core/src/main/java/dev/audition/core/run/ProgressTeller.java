package dev.audition.core.run;

import dev.audition.core.task.TaskDescription;
import java.time.Instant;

/** Tells a listener what a commit changed. */
final class ProgressTeller {
  private final Progress.Listener listener;

  ProgressTeller(Progress.Listener listener) {
    this.listener = listener;
  }

  void taskChanged(TaskDescription task, Instant now) {
    listener.on(new Progress.TaskChanged(task, now));
  }

  void committed(Run before, Run after, Instant now) {
    for (StepState step : after.steps()) {
      StepState was = before.step(step.number()).orElse(step);
      if (was.times().startedAt() == null && step.times().startedAt() != null) {
        listener.on(new Progress.StepStarted(step.number(), step.name(), now));
      }
      if (was.verdict() == null && step.verdict() != null) {
        listener.on(new Progress.StepEnded(StepReports.of(after, step), now));
      }
    }
    after.moments().stream()
        .skip(before.moments().size())
        .filter(moment -> moment.event().contains("tried again"))
        .forEach(m -> listener.on(new Progress.Said(m.subject() + ": " + m.event())));
    after.warnings().stream()
        .skip(before.warnings().size())
        .forEach(warning -> listener.on(new Progress.Said("warning: " + warning)));
  }
}
