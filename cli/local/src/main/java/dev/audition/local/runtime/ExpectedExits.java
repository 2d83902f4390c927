package dev.audition.local.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of containers that somebody waits for. What the engine tells of one container comes in
 * order, and again after a reconnect; what it tells of several may come in any order, whatever
 * times it gives.
 */
final class ExpectedExits {
  private static final int UNKNOWN = 255;

  private final Map<String, ContainerExit> exits = new ConcurrentHashMap<>();

  /** When each container's newest event of a kind was; one that is not newer is a repetition. */
  private final Map<String, Map<String, Long>> told = new ConcurrentHashMap<>();

  /** Wait for the end of a container that is about to be started, or started again. */
  ContainerExit expect(String containerId) {
    ContainerExit exit = new ContainerExit();
    exits.put(containerId, exit);
    return exit;
  }

  /** Forget a container that will not be started again. */
  void forget(String containerId) {
    exits.remove(containerId);
    told.remove(containerId);
  }

  /** Do something with each that is waited for. */
  void forEach(BiConsumer<String, ContainerExit> action) {
    exits.forEach(action);
  }

  /**
   * Take an event.
   *
   * @param action {@code die} or {@code oom}; others are ignored
   * @param exitCode of {@code die}; null if the engine did not say
   * @param at nanoseconds of the engine's clock
   */
  void take(String containerId, String action, @Nullable String exitCode, long at) {
    ContainerExit exit = exits.get(containerId);
    if (exit == null || repeated(containerId, action, at)) {
      return;
    }
    switch (action) {
      case "oom" -> exit.ranOutOfMemory();
      case "die" -> exit.ended(exitCode == null ? UNKNOWN : Integer.parseInt(exitCode));
      default -> {}
    }
  }

  private boolean repeated(String containerId, String action, long at) {
    Long before = told.computeIfAbsent(containerId, _ -> new ConcurrentHashMap<>()).put(action, at);
    return before != null && at <= before;
  }
}
