package dev.audition.core.run;

import dev.audition.core.task.TaskArn;

/**
 * Something to do in the world. It is stored with the state that asks for it, may be done more than
 * once, and stays until an event answers it.
 */
public sealed interface RunCommand {
  /** Return what tells it from every other command of the run. */
  String id();

  /** Return the step it is for; 0 for the run. */
  int step();

  /**
   * Build, look up, plan and lower a step.
   *
   * @param attempt 1-based
   */
  record PrepareStep(int step, int attempt) implements RunCommand {
    @Override
    public String id() {
      return "prepare/" + step + "/" + attempt;
    }
  }

  /** Launch a task. Never withdrawn: nobody knows whether it was done until it is answered. */
  record LaunchTask(TaskKey key, int tryNumber) implements RunCommand {
    @Override
    public String id() {
      return "launch/" + key.step() + "/" + key.task() + "/" + key.attempt() + "/" + tryNumber;
    }

    @Override
    public int step() {
      return key.step();
    }
  }

  /** Ask for a task's end. */
  record StopTask(int step, TaskArn arn, String reason) implements RunCommand {
    @Override
    public String id() {
      return "stop/" + arn;
    }
  }

  /** Describe the step's tasks once more before anybody is told that it passed. */
  record ConfirmStep(int step) implements RunCommand {
    @Override
    public String id() {
      return "confirm/" + step;
    }
  }

  /** Hand a notification to the queue. */
  record SendHook(HookKey key) implements RunCommand {
    @Override
    public String id() {
      return "hook/" + key.step() + "/" + key.kind().word() + "/" + key.number();
    }

    @Override
    public int step() {
      return key.step();
    }
  }
}
