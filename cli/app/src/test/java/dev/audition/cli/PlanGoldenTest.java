package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code audition plan} prints for each example, where there is no engine. */
class PlanGoldenTest {
  private static final Path EXPECTED = Place.PROJECT.resolve("cli/app/src/test/resources/plan");

  static Stream<String> examples() throws IOException {
    try (Stream<Path> folders = Files.list(Place.PROJECT.resolve("examples"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void thePlanOfAnExampleIsAsExpected(String example, @TempDir Path folder) throws IOException {
    Place place = Place.in(folder.toRealPath());
    CommandRun run = place.type("plan", place.example(example));
    String actual =
        ("exit code " + run.exitCode() + "\n" + run.out())
            .replace(place.folder().toString(), "<folder>");
    Path golden = EXPECTED.resolve(example + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(EXPECTED);
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
    assertThat(run.err()).isEmpty();
  }
}
