package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What compose-go makes of the same documents. */
class PlainValueTest {
  @ParameterizedTest
  @CsvSource({
    "True, true",
    "FALSE, false",
    "yes, yes",
    "off, off",
    "1.0, 1",
    "1.10, 1.1",
    "16.8, 16.8",
    "-0.5, -0.5",
    ".5, 0.5",
    "1., 1",
    "-0.0, -0",
    "0.00001, 1e-05",
    "0.0001, 0.0001",
    "100000.5, 100000.5",
    "1000000.0, 1e+06",
    "100000000.5, 1.000000005e+08",
    "1e3, 1000",
    "1e21, 1e+21",
    "1e, 1e",
    "52428800, 52428800",
    "+5, 5",
    "-0, 0",
    "0755, 493",
    "0o755, 493",
    "-017, -15",
    "0x1F, 31",
    "-0x1f, -31",
    "0b11, 3",
    "08, 8",
    "09.5, 9.5",
    "0o8, 0o8",
    "0x, 0x",
    "1_000, 1000",
    "_1, _1",
    "1.2.3, 1.2.3",
    "12:30:45, 12:30:45",
    "12345678901234567890, 12345678901234567890",
    "123456789012345678901234567890, 1.2345678901234568e+29",
    "+, +",
    "'\"1.10\"', 1.10",
    "'\"True\"', True",
    "!!str 1.0, 1.0",
    "'${NONE:-True}', True",
    "'${NONE:-1.0}', 1.0"
  })
  void aValueOfTheEnvironmentIsWhatItPrintsAs(String written, String expected) {
    assertThat(
            ComposeFiles.app("environment:\n  A: " + written)
                .appRead()
                .get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>()))
        .containsExactly(Map.entry("A", expected));
  }

  @Test
  void aListOfTextsIsTextAlready() {
    assertThat(
            ComposeFiles.app("environment: [A=True, B=1.10]")
                .appRead()
                .get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>()))
        .containsExactly(Map.entry("A", "True"), Map.entry("B", "1.10"));
  }

  @Test
  void aChangedTextIsNoted() {
    assertThat(ComposeFiles.rendered(ComposeFiles.app("environment: {A: 1.10, B: 1.1}").read()))
        .containsExactly(
            "NOTE EMULATED compose.yml:4:22: services.app.environment.A: 1.10 without quotes is a"
                + " number or boolean, and its text is 1.1. Put quotes around it to keep it as"
                + " written.");
  }

  @Test
  void labelsAndBuildArgumentsTheSame() {
    ServiceConfig app =
        ComposeFiles.app("labels: {a: True}\nbuild: {context: ., args: {V: 3.10}}").appRead();
    assertThat(app.find(ServiceKey.LABELS).orElseThrow()).containsEntry("a", "true");
    assertThat(app.find(ServiceKey.BUILD).orElseThrow().arguments()).containsEntry("V", "3.1");
  }
}
