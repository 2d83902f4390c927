package dev.audition.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that dies and is started again: it runs when somebody looks, and has died all the same.
 */
class RestartedServiceTest {
  @Test
  void deathsOfAServiceThatIsRestartedAreShown(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        services:
          flaky:
            image: ${SHELL_IMAGE:-debian:12}
            command: [sh, -c, "echo x >> /here/starts; exit 1"]
            restart: always
            volumes: [".:/here"]
          tests:
            image: ${SHELL_IMAGE:-debian:12}
            command: [sh, -c, "until [ $$(wc -l < /here/starts) -ge 3 ]; do sleep 0.05; done"]
            volumes: [".:/here"]
            depends_on: {flaky: {condition: service_started}}
        x-audition: {candidates: [tests]}
        """);
    try (ExampleRuns runs = new ExampleRuns()) {
      CommandRun run = runs.command("run", folder.toString(), "--json", "--wait-teardown");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).containsPattern("service +flaky .*ended and was restarted [2-9] times");
      assertThat(run.out()).containsPattern("ended and was restarted [2-9] times");
    }
  }
}
