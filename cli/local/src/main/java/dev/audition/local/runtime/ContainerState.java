package dev.audition.local.runtime;

import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How far one container has come. Not safe for threads by itself: {@link TaskState} guards it. */
final class ContainerState {
  /** The order of life. */
  enum Phase {
    WAITING(LastStatus.PENDING),
    STARTING(LastStatus.PENDING),
    RUNNING(LastStatus.RUNNING),
    STOPPED(LastStatus.STOPPED);

    private final LastStatus lastStatus;

    Phase(LastStatus lastStatus) {
      this.lastStatus = lastStatus;
    }
  }

  final ContainerDefinition definition;
  Phase phase = Phase.WAITING;
  @Nullable Integer exitCode;
  String reason = "";
  HealthStatus health = HealthStatus.UNKNOWN;
  boolean ready;
  boolean limitPassed;
  @Nullable Instant startedAt;
  @Nullable Instant stoppedAt;
  int restarts;
  @Nullable Integer peakMemoryMiB;

  /** What it has used up to now; asked while it runs. */
  Supplier<Optional<Integer>> memory = Optional::empty;

  ContainerState(ContainerDefinition definition) {
    this.definition = definition;
  }

  boolean stopped() {
    return phase == Phase.STOPPED;
  }

  void stop(Instant at, @Nullable Integer code, String why) {
    phase = Phase.STOPPED;
    stoppedAt = at;
    exitCode = code;
    addReason(why);
  }

  /** Keep what was said before: a limit that passed still explains an end that comes later. */
  void addReason(String why) {
    if (!why.isEmpty()) {
      reason = reason.isEmpty() ? why : reason + "; " + why;
    }
  }

  Gates.Target target() {
    return new Gates.Target(
        definition.service(),
        startedAt != null,
        stopped(),
        exitCode,
        health,
        limitPassed || (definition.listening() != null && ready));
  }

  ContainerDescription describe() {
    return new ContainerDescription(
        definition.name(),
        phase.lastStatus,
        exitCode,
        reason,
        health,
        ready,
        startedAt,
        stoppedAt,
        restarts,
        peakMemoryMiB == null ? memory.get().orElse(null) : peakMemoryMiB);
  }
}
