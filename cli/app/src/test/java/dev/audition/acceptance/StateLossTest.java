package dev.audition.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.cli.CommandRun;
import dev.audition.core.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose state can no longer be kept, as when the disk is full. */
class StateLossTest {
  private static final Duration START = Duration.ofSeconds(60);

  /** Below the minute after which a run of which nothing was heard is looked after. */
  private static final long SOON_SECONDS = 30;

  @Test
  void runThatCannotBeKeptEndsAtOnceWithoutAVerdictAndLeavesNothing(@TempDir Path folder)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        services:
          tests:
            image: ${SHELL_IMAGE:-debian:12}
            command: [sh, -c, "touch /here/started; until [ -e /here/go ]; do sleep 0.05; done"]
            volumes: [".:/here"]
        x-audition: {candidates: [tests]}
        """);
    try (ExampleRuns runs = new ExampleRuns()) {
      CompletableFuture<CommandRun> running =
          CompletableFuture.supplyAsync(() -> runs.command("run", folder.toString()));
      Eventually.within(
          START,
          "the candidate has started",
          () -> running.isDone() || Files.exists(folder.resolve("started")));
      String runId = loseState(runs.stateHome().resolve("audition/runs"));
      Files.createFile(folder.resolve("go"));

      CommandRun run = running.get(SOON_SECONDS, TimeUnit.SECONDS);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .contains("audition: run " + runId + " cannot go on", "run.json cannot be")
          .doesNotContain("PASSED", "bug in Audition", "\tat ");
      runs.assertNothingIsLeft(runId);
    }
  }

  /** Put a folder where the run's document was, so that it can be kept no more. */
  private static String loseState(Path folder) throws IOException {
    try (Stream<Path> runs = Files.list(folder)) {
      Path run = runs.findFirst().orElseThrow();
      Files.delete(run.resolve("run.json"));
      Files.createDirectories(run.resolve("run.json/in-the-way"));
      return String.valueOf(run.getFileName());
    }
  }
}
