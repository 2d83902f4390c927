package dev.audition.core.run;

import dev.audition.core.task.TaskDescription;
import java.time.Instant;

/** Something to show while a run goes on; nothing depends on it being seen. */
public sealed interface Progress {
  /** A step has begun. */
  record StepStarted(int number, String name, Instant at) implements Progress {}

  /** A step has ended. */
  record StepEnded(RunReport.StepReport step, Instant at) implements Progress {}

  /** The state of a task has changed. */
  record TaskChanged(TaskDescription task, Instant at) implements Progress {}

  /**
   * An image is on its way, has come, or does not come.
   *
   * @param status how far it is, or why it does not come
   */
  record ImagePull(String image, String status, PullState state) implements Progress {}

  /** How a pull stands. */
  enum PullState {
    PULLING,
    PULLED,
    FAILED
  }

  /** A line of a build's output. */
  record BuildOutput(String name, String line) implements Progress {}

  /**
   * A line of a container's output.
   *
   * @param startedBy the task's {@code startedBy}
   * @param containerName its name in the task definition
   */
  record LogLine(String startedBy, String containerName, String line) implements Progress {}

  /** Words for the user that belong to no container. */
  record Said(String text) implements Progress {}

  /** Takes progress, from any thread; quick, never throws. */
  @FunctionalInterface
  interface Listener {
    /** Take one. */
    void on(Progress progress);
  }
}
