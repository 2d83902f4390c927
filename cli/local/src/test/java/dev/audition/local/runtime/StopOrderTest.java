package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StopOrderTest {
  private final List<String> stopped = new CopyOnWriteArrayList<>();

  @Test
  void dependentsComeFirst() {
    run(Map.of("db", List.of(), "app", List.of("db"), "test", List.of("app", "db")));

    assertThat(stopped).containsExactly("test", "app", "db");
  }

  @Test
  void failedStopDoesNotHoldUpTheRest() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      new StopOrder(Map.of("db", List.of(), "app", List.of("db")))
          .run(
              container -> {
                stopped.add(container);
                throw new IllegalStateException("cannot be stopped");
              },
              threads);
    }

    assertThat(stopped).containsExactly("app", "db");
  }

  @Test
  void thoseOfOneLevelAreStoppedAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      new StopOrder(Map.of("one", List.of(), "two", List.of("gone already")))
          .run(
              container -> {
                try {
                  both.await(10, TimeUnit.SECONDS);
                  stopped.add(container);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              threads);
    }

    assertThat(stopped).containsExactlyInAnyOrder("one", "two");
  }

  private void run(Map<String, List<String>> dependsOn) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      new StopOrder(dependsOn).run(stopped::add, threads);
    }
  }
}
