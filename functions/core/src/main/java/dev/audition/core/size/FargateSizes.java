package dev.audition.core.size;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The pairs of CPU and memory that Fargate sells for Linux.
 *
 * <p>Source: the table of task sizes in the Amazon ECS developer guide, as of 2026-10; 32 vCPUs
 * came in 2026.
 */
public final class FargateSizes {
  private static final int GIB = 1024;

  /** The memory there is for one number of CPU units, in MiB, ascending. */
  private record Row(int cpuUnits, List<Integer> memoryMiB) {
    static Row of(int cpuUnits, int... gibibytes) {
      return new Row(cpuUnits, IntStream.of(gibibytes).map(gib -> gib * GIB).boxed().toList());
    }

    static Row steps(int cpuUnits, int fromGib, int toGib, int stepGib) {
      List<Integer> memory = new ArrayList<>();
      for (int gib = fromGib; gib <= toGib; gib += stepGib) {
        memory.add(gib * GIB);
      }
      return new Row(cpuUnits, List.copyOf(memory));
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row(256, List.of(512, GIB, 2 * GIB)),
          Row.steps(512, 1, 4, 1),
          Row.steps(1024, 2, 8, 1),
          Row.steps(2048, 4, 16, 1),
          Row.steps(4096, 8, 30, 1),
          Row.steps(8192, 16, 60, 4),
          Row.steps(16384, 32, 120, 8),
          Row.of(32768, 60, 120, 244));

  private static final List<TaskSize> ALL =
      ROWS.stream()
          .flatMap(row -> row.memoryMiB().stream().map(mib -> new TaskSize(row.cpuUnits(), mib)))
          .toList();

  private FargateSizes() {}

  /** Return every size, the smallest first. */
  public static List<TaskSize> all() {
    return ALL;
  }

  /** Return the largest size. */
  public static TaskSize largest() {
    return ALL.getLast();
  }

  /** Return whether Fargate sells exactly this size. */
  public static boolean allows(TaskSize size) {
    return ALL.contains(size);
  }

  /**
   * Find the smallest size, which is also the cheapest, that holds a demand; empty if none does.
   *
   * @param cpuUnits 1024 are one vCPU
   */
  public static Optional<TaskSize> smallestFor(int cpuUnits, int memoryMiB) {
    return ALL.stream()
        .filter(size -> size.cpuUnits() >= cpuUnits && size.memoryMiB() >= memoryMiB)
        .findFirst();
  }
}
