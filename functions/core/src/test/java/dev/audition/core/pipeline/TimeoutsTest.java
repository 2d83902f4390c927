package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {
  @ParameterizedTest
  @CsvSource({
    "45m, PT45M",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "1.s, PT1S",
    "0s, PT0S",
    "2147483.647s, PT596H31M23.647S"
  })
  void readsANumberAndAUnit(String text, Duration expected) {
    assertThat(Timeouts.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", ".s", "-1m", "1 m", "1d", "60", "1m30s", "1e3s", "2147483.648s"})
  void readsNothingElse(String text) {
    assertThat(Timeouts.parse(text)).isEmpty();
  }

  @Test
  void refusesEndlessDigitsQuickly() {
    assertThat(Timeouts.parse("9".repeat(1_000_000) + "s")).isEmpty();
  }
}
