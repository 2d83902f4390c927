package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.audition.core.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of our own containers as texts, and the one that waits. */
class OwnProgramsTest {
  @TempDir Path folder;

  @BeforeEach
  void needsPython() {
    assumeThat(OwnProgram.canRun()).as("python3, 3.10 or newer, is here").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"stage.py, 8000", "keeper.py, 8500", "pack.py, 6000", "wait.py, 1500"})
  void compileAndAreSmall(String name, int most) throws Exception {
    String text = OwnProgram.text(name);
    Path file = Files.writeString(folder.resolve(name), text);
    Process process =
        new ProcessBuilder("python3", "-W", "error", "-m", "py_compile", file.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(most);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Nested
  class Wait {
    private static final List<String> PROGRAM = List.of(OwnProgram.text("wait.py"));

    @Test
    void endsWithZeroWhetherAPortAnswersOrNot() throws Exception {
      int silent = freePort();
      try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        OwnProgram.Ended ended =
            OwnProgram.run(
                Map.of(),
                PROGRAM,
                """
                {"services": [{"name": "db", "ports": [%1$d, %2$d], "limit": 60},
                              {"name": "web", "ports": [%1$d], "limit": 0}]}
                """
                    .formatted(silent, open.getLocalPort()));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output())
            .contains("db: port " + open.getLocalPort() + " accepts")
            .contains("web: no port accepted within 0 s");
      }
    }

    @Test
    void endsWhenItIsToldTo() throws Exception {
      String plan =
          """
          {"services": [{"name": "now", "ports": [%1$d], "limit": 0},
                        {"name": "db", "ports": [%1$d], "limit": 60}]}
          """
              .formatted(freePort());
      try (OwnProgram wait = OwnProgram.start(Map.of(), PROGRAM, plan)) {
        Eventually.within(Duration.ofSeconds(30), "a word", () -> wait.said().contains("now:"));
        wait.tellToStop();
        assertThat(wait.end().exitCode()).isZero();
      }
    }
  }
}
