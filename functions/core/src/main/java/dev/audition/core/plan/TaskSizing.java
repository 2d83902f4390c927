package dev.audition.core.plan;

import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.image.WellKnownImage;
import dev.audition.core.size.FargateSizes;
import dev.audition.core.size.TaskSize;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts containers, CPU and memory of a task against what Fargate has. */
final class TaskSizing {
  /** The most containers of a task definition; not adjustable. */
  static final int MOST_CONTAINERS = 10;

  /** More services than this are refused without a closer look. */
  static final int MOST_PLANNED = 100;

  /** What a container counts whose memory nobody says. */
  static final int USUAL_MEMORY_MIB = 512;

  /** What a container counts whose CPU nobody says: a quarter of a core. */
  static final int USUAL_CPU_UNITS = 256;

  /** What ours take together. */
  static final int OUR_MEMORY_MIB = 128;

  /** The stage and the keeper. */
  private static final int OUR_CONTAINERS = 2;

  private static final int UNITS_PER_CORE = 1024;
  private static final long BYTES_PER_MIB = 1L << 20;

  private TaskSizing() {}

  /** Return the hard limit the composition sets, rounded up to MiB; null if it sets none. */
  static @Nullable Integer memoryLimitMiB(Draft draft) {
    Long bytes = draft.service().find(ServiceKey.MEM_LIMIT).orElse(null);
    return bytes == null || bytes <= 0 ? null : Integer.valueOf(mebibytes(bytes));
  }

  /** Return what the plan counts for a container: its limit, its reservation, or what is usual. */
  static int memoryMiB(Draft draft) {
    Integer limit = memoryLimitMiB(draft);
    if (limit != null) {
      return limit;
    }
    long reserved = draft.service().get(ServiceKey.MEM_RESERVATION, 0L);
    if (reserved > 0) {
      return mebibytes(reserved);
    }
    WellKnownImage server = draft.server();
    return server == null ? USUAL_MEMORY_MIB : server.memoryMiB();
  }

  private static int mebibytes(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + BYTES_PER_MIB - 1) / BYTES_PER_MIB);
  }

  /**
   * Return the smallest size that holds the task; too much is refused; too many containers are a
   * matter of Fargate alone, where the lowering refuses them.
   */
  static TaskSize size(SourceLocation step, List<Draft> drafts, Gates gates, Findings findings) {
    count(step, drafts, gates, findings);
    long memory = OUR_MEMORY_MIB + drafts.stream().mapToLong(TaskSizing::memoryMiB).sum();
    double cores = drafts.stream().mapToDouble(TaskSizing::cores).sum();
    int cpuUnits = (int) Math.min(Integer.MAX_VALUE, Math.ceil(cores * UNITS_PER_CORE));
    Optional<TaskSize> size =
        FargateSizes.smallestFor(cpuUnits, (int) Math.min(Integer.MAX_VALUE, memory));
    if (size.isPresent()) {
      return size.get();
    }
    findings
        .diagnostics()
        .refuse(
            Category.SIZE,
            place(step, drafts),
            "services",
            ("the containers ask for %.2f cores and %d MiB together, and the largest Fargate task"
                    + " has %d cores and %d MiB; the largest are %s")
                .formatted(
                    cores,
                    memory,
                    FargateSizes.largest().cpuUnits() / UNITS_PER_CORE,
                    FargateSizes.largest().memoryMiB(),
                    largest(drafts)),
            "Lower mem_limit or cpus, or split the composition into steps");
    return FargateSizes.largest();
  }

  /** Refuse so many services that who waits for whom would take too long to say. */
  static boolean beyondPlanning(SourceLocation step, List<Draft> drafts, Findings findings) {
    if (drafts.size() <= MOST_PLANNED) {
      return false;
    }
    findings
        .diagnostics()
        .refuse(
            Category.SIZE,
            place(step, drafts),
            "services",
            "%d services, and a task on Fargate holds %d containers"
                .formatted(drafts.size(), MOST_CONTAINERS),
            "Split the composition into steps");
    return true;
  }

  /** A compose file as a whole has no line to show; its first service has. */
  private static SourceLocation place(SourceLocation step, List<Draft> drafts) {
    return step.line() > 0 || drafts.isEmpty() ? step : drafts.getFirst().location();
  }

  private static double cores(Draft draft) {
    double given = draft.service().get(ServiceKey.CPUS, 0.0);
    return given > 0 ? given : (double) USUAL_CPU_UNITS / UNITS_PER_CORE;
  }

  private static String largest(List<Draft> drafts) {
    return Words.and(
        drafts.stream()
            .sorted(Comparator.comparingInt(TaskSizing::memoryMiB).reversed())
            .limit(3)
            .map(
                draft ->
                    "%s (%.2f cores, %d MiB)"
                        .formatted(draft.name(), cores(draft), memoryMiB(draft)))
            .toList());
  }

  private static void count(
      SourceLocation step, List<Draft> drafts, Gates gates, Findings findings) {
    Set<Set<String>> dialled =
        drafts.stream()
            .map(draft -> dialled(gates.of(draft)))
            .filter(services -> !services.isEmpty())
            .collect(Collectors.toSet());
    int ours = OUR_CONTAINERS + dialled.size();
    if (drafts.size() + ours <= MOST_CONTAINERS) {
      return;
    }
    findings
        .diagnostics()
        .warn(
            Category.SIZE,
            place(step, drafts),
            "services",
            "%d containers of the composition and %d of ours (one prepares, one keeps%s) are %d, and a task on Fargate holds %d, so this runs here and is refused there: %s"
                .formatted(
                    drafts.size(),
                    ours,
                    dialling(dialled.size()),
                    drafts.size() + ours,
                    MOST_CONTAINERS,
                    Words.and(drafts.stream().map(Draft::name).toList())),
            dialled.isEmpty()
                ? "Leave out services this step does not need, or split it into several steps"
                : "Leave out services this step does not need, split it into several steps, or give"
                    + " services a healthcheck, which takes the place of dialling them");
  }

  private static String dialling(int containers) {
    return switch (containers) {
      case 0 -> "";
      case 1 -> ", one dials services that have no health check";
      default -> ", %d dial services that have no health check".formatted(containers);
    };
  }

  private static Set<String> dialled(List<Gate> gates) {
    return gates.stream()
        .filter(gate -> gate.condition() == GateCondition.LISTENING)
        .map(Gate::service)
        .collect(Collectors.toSet());
  }
}
