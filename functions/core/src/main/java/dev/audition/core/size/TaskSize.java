package dev.audition.core.size;

/**
 * CPU and memory of a task, as Fargate sells them.
 *
 * @param cpuUnits 1024 are one vCPU
 */
public record TaskSize(int cpuUnits, int memoryMiB) {
  public TaskSize {
    if (cpuUnits <= 0 || memoryMiB <= 0) {
      throw new IllegalArgumentException(
          "task size: %d CPU units, %d MiB (expected: positive)".formatted(cpuUnits, memoryMiB));
    }
  }
}
