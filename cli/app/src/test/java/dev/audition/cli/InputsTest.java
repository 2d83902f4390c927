package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not there, broken, or made to break their reader. */
class InputsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
  }

  /** Plan a text, and run it: both refuse it, in time, without a word of Java. */
  private String refused(String text) {
    return refusedAt(place.file("compose.yaml", text));
  }

  private String refusedAt(String path) {
    CommandRun plan = Assertions.assertTimeoutPreemptively(LIMIT, () -> place.type("plan", path));
    CommandRun run = Assertions.assertTimeoutPreemptively(LIMIT, () -> place.type("run", path));
    for (CommandRun either : new CommandRun[] {plan, run}) {
      assertThat(either.exitCode()).as(either.err()).isEqualTo(3);
      assertThat(either.out() + either.err())
          .doesNotContain("\tat ", "Exception", "java.", "this is a bug");
    }
    return plan.out() + plan.err();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(refusedAt(folder.resolve("gone.yml").toString()))
        .isEqualTo(
            "audition: gone.yml: there is no such file or folder. Name a file or a folder.\n");
  }

  @Test
  void aFolderWithoutFilesSaysWhatWasLookedFor() {
    assertThat(refusedAt(folder.toString()))
        .contains("holds no pipeline and no compose file")
        .contains("audition.yml, codefresh.yml, .codefresh/codefresh.yml, compose.yaml")
        .endsWith("Name the file.\n");
  }

  @Test
  void brokenYamlIsNamedByLineAndColumn() {
    assertThat(refused("services:\n  db:\n    image: redis\n   ports: [1]\n"))
        .contains("refused: compose.yaml:4:");
    assertThat(refused("services: [unfinished")).contains("refused: compose.yaml:1:");
    assertThat(refused("\tservices: {}")).contains("refused: compose.yaml:1:1").contains("tab");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    assertThat(
            refused(
                """
                services:
                  a: {image: a, network_mode: host, prots: [1]}
                  b: {image: 'Not An Image'}
                  c: {depends_on: [d]}
                """))
        .contains("compose.yaml:2:", "network_mode", "prots", "Did you mean")
        .contains("compose.yaml:3:", "Not An Image")
        .contains("compose.yaml:4:", "image or build");
  }

  @Test
  void anEmptyFileAndABinaryOneAreRefused() {
    assertThat(refused("")).contains("compose.yaml", "empty");
    assertThat(refused("\0\1\2")).contains("compose.yaml");
  }

  @Test
  void aFileOfTwoMebibytesIsTooLarge() {
    assertThat(refused("services: {}\n# " + "x".repeat(2 << 20))).contains("larger than 1 MiB");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(refused("services: " + "[".repeat(5_000) + "]".repeat(5_000)))
        .contains("compose.yaml:1:", "64");
    assertThat(refused("a: ".repeat(1) + "{a: ".repeat(5_000) + "1" + "}".repeat(5_000)))
        .contains("compose.yaml:1:", "64");
  }

  @Test
  void anAliasBombIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s%s]\n".formatted(i, i, alias, (", " + alias).repeat(8)));
    }
    assertThat(refused(bomb + "services: {db: {image: redis, command: *a11}}\n"))
        .contains("compose.yaml:", "alias");
  }
}
