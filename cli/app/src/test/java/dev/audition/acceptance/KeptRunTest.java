package dev.audition.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code --keep} has left running is said to run, by the run itself and by who looks later.
 */
class KeptRunTest {
  private static final Path SCHEMA = ExampleRuns.PROJECT.resolve("events/run-report.schema.json");
  private static final String KEPT = "service +waits +kept";

  @Test
  void servicesThatAreKeptAreNotCalledStopped(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        services:
          waits:
            image: ${SHELL_IMAGE:-debian:12}
            command: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]
          prepares:
            image: ${SHELL_IMAGE:-debian:12}
            command: [sh, -c, "exit 0"]
          tests:
            image: ${SHELL_IMAGE:-debian:12}
            command: [sh, -c, "exit 0"]
            depends_on:
              waits: {condition: service_started}
              prepares: {condition: service_completed_successfully}
        x-audition: {candidates: [tests]}
        """);
    try (ExampleRuns runs = new ExampleRuns()) {
      CommandRun run = runs.command("run", folder.toString(), "--keep");
      try {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).containsPattern(KEPT);
        assertThat(runs.command("show").out())
            .containsPattern(KEPT)
            .containsPattern("service +prepares +exited 0");
        RunDocument shown = RunDocument.read(runs.command("show", "--json").out());
        assertThat(shown.schemaErrors(SCHEMA)).isEmpty();
        assertThat(shown.json()).containsPattern("\"waits\",\\s+\"outcome\": \"running\"");
      } finally {
        runs.command("rm");
      }
    }
  }
}
