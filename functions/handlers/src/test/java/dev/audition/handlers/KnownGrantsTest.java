package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.Grants;
import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownGrantsTest {
  private final ManualClock clock = new ManualClock();
  private final List<String> asked = new ArrayList<>();
  private final KnownGrants grants =
      new KnownGrants(
          project -> {
            asked.add(project);
            return Grants.NONE;
          },
          clock);

  @Test
  void aProjectIsAskedForOnceAMinute() {
    grants.of("shop");
    clock.advance(Duration.ofSeconds(59));
    grants.of("shop");
    grants.of("warehouse");
    assertThat(asked).containsExactly("shop", "warehouse");
    clock.advance(Duration.ofSeconds(1));
    grants.of("shop");
    assertThat(asked).containsExactly("shop", "warehouse", "shop");
  }
}
