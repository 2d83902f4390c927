package dev.audition.core.run;

import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.verdict.ReasonClassifier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all descriptions of a task, in whatever order they came, say of one container.
 *
 * @param lastStatus of the newest description
 * @param exitCode null if none was seen
 * @param byItself whether the exit code was seen while the task was wanted: nobody stopped it
 * @param reason the runtime's words; empty if none
 * @param health of the newest description
 * @param started whether it ever ran
 * @param readyAt when it was first seen to be ready for its dependents; null if it was not
 * @param peakMemoryMiB null if not measured
 */
public record ContainerEvidence(
    LastStatus lastStatus,
    @Nullable Integer exitCode,
    boolean byItself,
    String reason,
    HealthStatus health,
    boolean started,
    @Nullable Instant readyAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt,
    int restarts,
    @Nullable Integer peakMemoryMiB) {
  /** Nothing was seen of it. */
  public static final ContainerEvidence NONE =
      new ContainerEvidence(
          LastStatus.PROVISIONING,
          null,
          false,
          "",
          HealthStatus.UNKNOWN,
          false,
          null,
          null,
          null,
          0,
          null);

  /** Return whether it has ended, or was given up before it ran. */
  public boolean stopped() {
    return lastStatus == LastStatus.STOPPED;
  }

  /** Return whether it was given up before it ran. */
  public boolean neverStarted() {
    return stopped() && !started;
  }

  /** Return whether it runs. */
  public boolean running() {
    return started && !stopped();
  }

  /** Return whether it still waits for its dependencies. */
  public boolean waiting() {
    return !started && lastStatus.compareTo(LastStatus.ACTIVATING) < 0;
  }

  /**
   * Join a description. Doing it again, or in another order, comes to the same, but for the moment
   * in {@code readyAt}.
   *
   * @param newer whether the description is newer than all that were joined before; only then do
   *     statuses follow it
   */
  ContainerEvidence join(
      ContainerDescription seen, DesiredStatus desired, boolean newer, Instant now) {
    boolean ran = started || ran(seen);
    boolean itsOwnEnd =
        desired == DesiredStatus.RUNNING
            && seen.lastStatus() == LastStatus.STOPPED
            && seen.exitCode() != null
            && ran(seen);
    return new ContainerEvidence(
        newer ? seen.lastStatus() : lastStatus,
        joinExitCode(seen.exitCode(), itsOwnEnd, newer),
        byItself || itsOwnEnd,
        newer ? firstText(seen.reason(), reason) : firstText(reason, seen.reason()),
        newer ? seen.health() : health,
        ran,
        readyAt == null && seen.ready() ? now : readyAt,
        startedAt == null ? seen.startedAt() : startedAt,
        newer && seen.stoppedAt() != null ? seen.stoppedAt() : either(stoppedAt, seen.stoppedAt()),
        Math.max(restarts, seen.restarts()),
        larger(peakMemoryMiB, seen.peakMemoryMiB()));
  }

  /** ECS gives no start of a container, so its statuses and its exit code must say it. */
  private static boolean ran(ContainerDescription seen) {
    if (seen.lastStatus() != LastStatus.STOPPED) {
      return seen.startedAt() != null || seen.lastStatus().compareTo(LastStatus.RUNNING) >= 0;
    }
    if (ReasonClassifier.meansNeverStarted(seen.reason())) {
      return false;
    }
    return seen.startedAt() != null || seen.exitCode() != null;
  }

  private @Nullable Integer joinExitCode(@Nullable Integer seen, boolean itsOwnEnd, boolean newer) {
    if (seen == null || (byItself && !itsOwnEnd)) {
      return exitCode;
    }
    if (itsOwnEnd && byItself && exitCode != null) {
      return Math.max(exitCode, seen); // two ends of its own: the order they come in must not tell
    }
    return itsOwnEnd || newer || exitCode == null ? seen : exitCode;
  }

  private static String firstText(String first, String second) {
    return first.isEmpty() ? second : first;
  }

  private static @Nullable Instant either(@Nullable Instant first, @Nullable Instant second) {
    return first == null ? second : first;
  }

  private static @Nullable Integer larger(@Nullable Integer first, @Nullable Integer second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return Math.max(first, second);
  }
}
