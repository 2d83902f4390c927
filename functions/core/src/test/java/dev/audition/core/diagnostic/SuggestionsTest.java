package dev.audition.core.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> KEYS =
      List.of("image", "command", "depends_on", "environment", "ports", "volumes", "tty");

  @ParameterizedTest
  @CsvSource({
    "imgae, image",
    "Image, image",
    "comand, command",
    "depend_on, depends_on",
    "depends-on, depends_on",
    "enviroment, environment",
    "environments, environment",
    "port, ports",
    "volume, volumes",
    "ttt, tty"
  })
  void findTheNameThatWasMeant(String mistyped, String meant) {
    assertThat(Suggestions.nearest(mistyped, KEYS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "db", "restart", "com", "network_mode"})
  void findNothingWhereNothingIsNear(String name) {
    assertThat(Suggestions.nearest(name, KEYS)).isEmpty();
  }

  @Test
  void neverProposeTheNameItself() {
    assertThat(Suggestions.nearest("image", KEYS)).isEmpty();
  }

  @Test
  void takeTheNearestOfSeveral() {
    assertThat(Suggestions.nearest("service1", List.of("service22", "service2")))
        .contains("service2");
  }

  @Test
  void costLittleForVeryLongNames() {
    String longName = "a".repeat(1_000_000);
    assertThat(Suggestions.nearest(longName, List.of("b".repeat(1_000_000), "c"))).isEmpty();
  }
}
