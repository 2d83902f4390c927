package dev.audition.handlers;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.WantedTasks;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskDescription;
import dev.audition.handlers.log.Log;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stops tasks of the cluster that no run wants: those of a run that has ended or is not stored, and
 * those of an attempt that is over. Tasks that somebody else launched there are left alone.
 *
 * @param running lists the tasks that are wanted to run
 */
record StrayTasks(
    Supplier<List<TaskDescription>> running, RunStore store, TaskRuntime runtime, Log log) {
  /** Stop them; return how many. Runs are loaded after the list, so nothing new is mistaken. */
  int stop() {
    Map<RunId, Optional<Run>> runs = new HashMap<>();
    int stopped = 0;
    for (TaskDescription task : running.get()) {
      Optional<TaskKey> key = TaskKey.parse(task.startedBy());
      if (key.isPresent()) {
        Optional<Run> run = runs.computeIfAbsent(key.get().run(), store::load);
        Optional<String> reason = WantedTasks.whyUnwanted(run, key.get(), task.taskArn());
        if (reason.isPresent() && stopped(task, key.get(), reason.get())) {
          stopped++;
        }
      }
    }
    return stopped;
  }

  /** One that cannot be stopped now must not keep the others running; the next sweep sees it. */
  private boolean stopped(TaskDescription task, TaskKey key, String reason) {
    Log told = log.of(key).with("arn", task.taskArn().value());
    try {
      runtime.stop(task.taskArn(), "Audition: " + reason);
      told.warn("stray: " + reason);
      return true;
    } catch (RuntimeUnavailableException e) {
      told.error("stray, and not stopped yet: " + reason, e);
      return false;
    }
  }
}
