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

  @BeforeEach
  void somethingWasRecorded() {
    assumeThat(recorded).as("calls of handlers, recorded by the tests before").isNotEmpty();
  }

  @Test
  void noHandlerMakesACallThatNobodyReviewed() {
    recorded.forEach(
        (handler, calls) -> {
          SortedSet<String> unknown = new TreeSet<>(calls);
          unknown.removeAll(permissions.calls(handler));
          assertThat(unknown).as("calls of %s that %s lacks", handler, Permissions.NAME).isEmpty();
        });
  }

  @Test
  void everyReviewedCallIsMadeOrSaidToBeOutOfReachOfTheTests() {
    String left = System.getProperty("audition.excluded.groups", "docker");
    assumeThat(left).as("test groups that were left out").doesNotContain("docker");

    for (String handler : permissions.handlers()) {
      SortedSet<String> unseen = permissions.calls(handler);
      unseen.removeAll(recorded.getOrDefault(handler, new TreeSet<>()));
      unseen.removeAll(permissions.outOfReach());
      assertThat(unseen).as("calls of %s that no test saw", handler).isEmpty();
    }
  }
}
