package dev.audition.core.testkit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a container of {@link ScriptedTaskRuntime} does. All durations are counted from its start;
 * null means never.
 *
 * @param cannotStart the reason why it never starts; empty if it does
 * @param exitReason what stands beside its exit code; empty for nothing
 * @param stopTakes from the stop signal to its end
 * @param stopExitCode the exit code it then has
 */
public record ContainerScript(
    String cannotStart,
    @Nullable Duration exitAfter,
    int exitCode,
    String exitReason,
    @Nullable Duration healthyAfter,
    @Nullable Duration unhealthyAfter,
    @Nullable Duration listensAfter,
    Duration stopTakes,
    int stopExitCode) {
  private static final int TERMINATED = 143;
  private static final int KILLED = 137;

  /** Run until it is stopped; healthy and listening at once. */
  public static ContainerScript stays() {
    return new ContainerScript(
        "", null, 0, "", Duration.ZERO, null, Duration.ZERO, Duration.ofSeconds(1), TERMINATED);
  }

  /** End by itself. */
  public static ContainerScript exits(int exitCode, Duration after) {
    return stays().exiting(exitCode, after, "");
  }

  /** Be killed for its memory. */
  public static ContainerScript runsOutOfMemory(Duration after) {
    return stays().exiting(KILLED, after, "OutOfMemoryError: Container killed due to memory usage");
  }

  /** Never start. */
  public static ContainerScript cannotStart(String reason) {
    return new ContainerScript(reason, null, 0, "", null, null, null, Duration.ZERO, TERMINATED);
  }

  /** Also end by itself. */
  public ContainerScript exiting(int code, Duration after, String reason) {
    return new ContainerScript(
        cannotStart,
        after,
        code,
        reason,
        healthyAfter,
        unhealthyAfter,
        listensAfter,
        stopTakes,
        stopExitCode);
  }

  /** Become healthy only then; null for never. */
  public ContainerScript healthy(@Nullable Duration after) {
    return new ContainerScript(
        cannotStart,
        exitAfter,
        exitCode,
        exitReason,
        after,
        unhealthyAfter,
        listensAfter,
        stopTakes,
        stopExitCode);
  }

  /** Become unhealthy, and never healthy. */
  public ContainerScript unhealthy(Duration after) {
    return new ContainerScript(
        cannotStart,
        exitAfter,
        exitCode,
        exitReason,
        null,
        after,
        listensAfter,
        stopTakes,
        stopExitCode);
  }

  /** Listen only then; null for never. */
  public ContainerScript listens(@Nullable Duration after) {
    return new ContainerScript(
        cannotStart,
        exitAfter,
        exitCode,
        exitReason,
        healthyAfter,
        unhealthyAfter,
        after,
        stopTakes,
        stopExitCode);
  }

  /** End like this when it is stopped. */
  public ContainerScript stopping(Duration takes, int code) {
    return new ContainerScript(
        cannotStart,
        exitAfter,
        exitCode,
        exitReason,
        healthyAfter,
        unhealthyAfter,
        listensAfter,
        takes,
        code);
  }
}
