package dev.audition.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class IndexTimeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:07Z");

  @Test
  void timesAreOfOneWidthAndSortAsText() {
    assertThat(IndexTime.of(NOW)).isEqualTo("2026-01-01T00:00:07.000Z");
    assertThat(IndexTime.of(NOW.plusNanos(1_999_999))).isEqualTo("2026-01-01T00:00:07.001Z");
  }

  @Test
  void aCheckThatIsNearIsDueInItsMillisecondAndNoEarlier() {
    assertThat(IndexTime.due(NOW.plusSeconds(10), NOW)).isEqualTo("2026-01-01T00:00:17.000Z");
    assertThat(IndexTime.due(NOW.plusNanos(1), NOW)).isEqualTo("2026-01-01T00:00:07.001Z");
    assertThat(IndexTime.due(NOW.minusSeconds(90), NOW)).isEqualTo("2025-12-31T23:58:37.000Z");
  }

  @Test
  void aCheckThatIsFarAwayKeepsItsPlaceInTheIndexFromEventToEvent() {
    assertThat(IndexTime.due(NOW.plusSeconds(60), NOW)).isEqualTo("2026-01-01T00:01:20.000Z");
    assertThat(IndexTime.due(NOW.plusSeconds(73), NOW.plusSeconds(13)))
        .isEqualTo("2026-01-01T00:01:20.000Z");
    assertThat(IndexTime.due(NOW.plusSeconds(74), NOW.plusSeconds(14)))
        .isEqualTo("2026-01-01T00:01:40.000Z");
  }
}
