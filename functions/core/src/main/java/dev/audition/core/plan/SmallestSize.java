package dev.audition.core.plan;

import dev.audition.core.task.TaskSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sizes of Fargate tasks, and the smallest that holds something. */
final class SmallestSize {
  private record Row(int cpuUnits, int leastMiB, int mostMiB, int stepMiB) {}

  private static final int GIB = 1024;

  // CPU units, least and most memory, and its steps: the ECS developer guide's task size table.
  private static final List<Row> ROWS =
      List.of(
          new Row(256, 512, 512, 512),
          new Row(256, GIB, 2 * GIB, GIB),
          new Row(512, GIB, 4 * GIB, GIB),
          new Row(1024, 2 * GIB, 8 * GIB, GIB),
          new Row(2048, 4 * GIB, 16 * GIB, GIB),
          new Row(4096, 8 * GIB, 30 * GIB, GIB),
          new Row(8192, 16 * GIB, 60 * GIB, 4 * GIB),
          new Row(16384, 32 * GIB, 120 * GIB, 8 * GIB),
          new Row(32768, 60 * GIB, 60 * GIB, GIB),
          new Row(32768, 120 * GIB, 120 * GIB, GIB),
          new Row(32768, 244 * GIB, 244 * GIB, GIB));

  static final TaskSize LARGEST = new TaskSize(32768, 244 * GIB);

  private SmallestSize() {}

  /** Return the smallest size with at least that much; null if no size has it. */
  static @Nullable TaskSize of(int cpuUnits, long memoryMiB) {
    for (Row row : ROWS) {
      if (row.cpuUnits() >= cpuUnits && row.mostMiB() >= memoryMiB) {
        long above = Math.max(0, memoryMiB - row.leastMiB());
        long steps = (above + row.stepMiB() - 1) / row.stepMiB();
        return new TaskSize(row.cpuUnits(), (int) (row.leastMiB() + steps * row.stepMiB()));
      }
    }
    return null;
  }
}
