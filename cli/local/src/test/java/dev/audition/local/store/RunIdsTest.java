package dev.audition.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunIdsTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.of(2026, 11, 20, 11, 42, 5, 0, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "quickstart, quickstart",
    "My App_2.0, my-app-2-0",
    "'', run",
    "日本, run",
    "--x--, x",
    "a-very-long-folder-name-indeed, a-very-long-folder-n",
    "nineteen-characters-x, nineteen-characters",
  })
  void anIdSaysWhenAndWhat(String name, String expected) {
    String id = RunIds.of(name, NOW, new Random(1)).value();

    assertThat(id).matches("20261120-1142-" + expected + "-[a-z2-9]{4}").hasSizeLessThan(41);
  }
}
