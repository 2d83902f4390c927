package dev.audition.cli.render;

import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;

/** The state of a container in a word or two. */
final class ContainerStateText {
  private ContainerStateText() {}

  /**
   * Render the state: {@code waiting}, {@code running}, {@code healthy}, {@code exited 0}, ...
   *
   * @param awaited whether it has something to become ready by: a check, or a port
   */
  static String text(ContainerDescription container, boolean awaited) {
    if (container.lastStatus() == LastStatus.STOPPED) {
      Integer exitCode = container.exitCode();
      if (exitCode == null) {
        return container.startedAt() == null ? "never started" : "lost";
      }
      return container.reason().startsWith("OutOfMemory")
          ? "out of memory (" + exitCode + ")"
          : "exited " + exitCode;
    }
    if (container.startedAt() == null) {
      return "waiting";
    }
    if (container.health() == HealthStatus.UNHEALTHY) {
      return "unhealthy";
    }
    if (container.health() == HealthStatus.HEALTHY) {
      return "healthy";
    }
    return awaited && container.ready() ? "listening" : "running";
  }
}
