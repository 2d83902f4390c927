package dev.audition.local.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The reverse of the order of start: a container is stopped when all that depend on it have. */
final class StopOrder {
  private final Map<String, List<String>> dependsOn;

  /**
   * Make one.
   *
   * @param dependsOn container to those it depends on; without cycles
   */
  StopOrder(Map<String, List<String>> dependsOn) {
    this.dependsOn = dependsOn;
  }

  /** Stop everything, as much at once as the order allows; returns when all have ended. */
  void run(Consumer<String> stop, Executor threads) {
    Map<String, CompletableFuture<Void>> stopped = new HashMap<>();
    Set<String> all = dependsOn.keySet();
    all.forEach(container -> stopped.put(container, new CompletableFuture<>()));
    stopped.forEach(
        (container, end) -> {
          CompletableFuture<?>[] dependents =
              all.stream()
                  .filter(other -> dependsOn.getOrDefault(other, List.of()).contains(container))
                  .map(stopped::get)
                  .toArray(CompletableFuture<?>[]::new);
          var _ =
              CompletableFuture.allOf(dependents)
                  .thenRunAsync(() -> stop.accept(container), threads)
                  .whenComplete((_, _) -> end.complete(null));
        });
    CompletableFuture.allOf(stopped.values().toArray(CompletableFuture<?>[]::new)).join();
  }
}
