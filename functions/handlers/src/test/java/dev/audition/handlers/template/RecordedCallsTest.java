package dev.audition.handlers.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Compares the SDK calls that the handlers made while all other tests ran with those that {@code
 * infra/permissions.yaml} names. Runs after all others: see the module's POM.
 */
class RecordedCallsTest {
  private final Permissions permissions = new Permissions();
  private final Map<String, SortedSet<String>> recorded = SdkCallRecorder.recorded();

  /** The whole path needs the engine. */
  @BeforeEach
  void theWholePathWasTested() {
    String left = System.getProperty("audition.excluded.groups", "docker");
    assumeThat(left).as("test groups that were left out").doesNotContain("docker");
  }

  @Test
  void noHandlerMakesACallThatNobodyReviewed() {
    assertThat(recorded.keySet())
        .as("handlers whose calls were recorded in %s", SdkCallRecorder.FOLDER)
        .containsExactlyElementsOf(new TreeSet<>(permissions.handlers()));
    recorded.forEach(
        (handler, calls) -> {
          SortedSet<String> unknown = new TreeSet<>(calls);
          unknown.removeAll(permissions.calls(handler));
          assertThat(unknown).as("calls of %s that %s lacks", handler, Permissions.NAME).isEmpty();
        });
  }

  @Test
  void everyReviewedCallIsMadeOrSaidToBeOutOfReachOfTheTests() {
    for (String handler : permissions.handlers()) {
      SortedSet<String> unseen = permissions.calls(handler);
      unseen.removeAll(recorded.getOrDefault(handler, new TreeSet<>()));
      unseen.removeAll(permissions.outOfReach(handler));
      assertThat(unseen).as("calls of %s that no test saw", handler).isEmpty();
    }
  }
}
