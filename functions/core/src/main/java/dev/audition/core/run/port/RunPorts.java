package dev.audition.core.run.port;

/** The part of the world that runs are made with. */
public record RunPorts(
    RunStore store, TaskRuntime runtime, StepPreparation preparation, HookQueue hooks) {
  /** Make ports for runs without notifications; one that has them waits until a queue is there. */
  public RunPorts(RunStore store, TaskRuntime runtime, StepPreparation preparation) {
    this(
        store,
        runtime,
        preparation,
        key -> {
          throw new IllegalStateException("hook queue: none (expected: one for " + key + ")");
        });
  }
}
