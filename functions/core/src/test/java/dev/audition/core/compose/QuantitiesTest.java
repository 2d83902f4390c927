package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "64, 64",
    "1b, 1",
    "1k, 1024",
    "2kb, 2048",
    "64m, 67108864",
    "1.5gb, 1610612736",
    "1GiB, 1073741824",
    "1 g, 1073741824",
    "1t, 1099511627776"
  })
  void bytesCountInPowersOf1024(String text, long bytes) {
    assertThat(Quantities.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1x", "1.m", "1mm", "99999999p", "1e3"})
  void otherTextsAreNoBytes(String text) {
    assertThat(Quantities.bytes(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "10s, PT10S",
    "1m30s, PT1M30S",
    "2h32m, PT2H32M",
    "500ms, PT0.5S",
    "2.5s, PT2.5S",
    "20us, PT0.00002S",
    "1d, PT24H",
    "1w, PT168H"
  })
  void durationsAreSumsOfParts(String text, Duration duration) {
    assertThat(Quantities.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1s 2s", "1m30", "99999999999h", "1 s"})
  void otherTextsAreNoDurations(String text) {
    assertThat(Quantities.duration(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "2, 2.0"})
  void numbersMayHaveAPoint(String text, double number) {
    assertThat(Quantities.decimal(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "NaN", "Infinity", "two"})
  void otherTextsAreNoNumbers(String text) {
    assertThat(Quantities.decimal(text)).isNull();
  }
}
