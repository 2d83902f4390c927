package dev.audition.local;

import dev.audition.core.run.ContainerShape;
import dev.audition.core.run.Run;
import dev.audition.core.run.StepState;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.TaskState;
import dev.audition.local.store.FileRunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The log files of a run, found by its containers. */
final class RunLogs {
  private RunLogs() {}

  /** List those that are there, in the order of steps, tasks and containers. */
  static List<LogFile> of(Run run, FileRunStore store) {
    List<LogFile> files = new ArrayList<>();
    for (StepState step : run.steps()) {
      for (TaskState task : step.tasks()) {
        String startedBy =
            new TaskKey(run.id(), step.number(), task.number(), task.attempt()).startedBy();
        for (ContainerShape container : task.containers()) {
          Path path = store.logFolder(startedBy).resolve(container.name() + ".log");
          if (Files.exists(path)) {
            files.add(new LogFile(startedBy, container.name(), container.service(), path));
          }
        }
      }
    }
    return files;
  }
}
