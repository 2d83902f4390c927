package dev.audition.core.run.port;

/** The part of the world that runs are made with. */
public record RunPorts(RunStore store, TaskRuntime runtime, StepPreparation preparation) {}
