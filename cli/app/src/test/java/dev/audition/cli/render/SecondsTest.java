package dev.audition.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "440, 0.4 s",
    "9949, 9.9 s",
    "12300, 12 s",
    "119000, 119 s",
    "120000, 2 min",
    "245000, 4 min 5 s",
    "7200000, 2 h",
    "7380000, 2 h 3 min",
    "-5, 0.0 s"
  })
  void durationsReadAsPeopleSayThem(long millis, String text) {
    assertThat(Seconds.text(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
