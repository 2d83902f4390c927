package dev.audition.handlers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.testkit.SampleService;
import dev.audition.core.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs through the parts of an account, up to the verdict. */
@Tag("docker")
final class CloudRunsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path logs;
  private CloudRuns runs;

  @BeforeEach
  void start() {
    runs = new CloudRuns(logs, new Deaths(0, 0));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  static SampleService candidate(String script) {
    return SampleService.candidate("tests", FargateImages.SHELL)
        .entrypoint("/bin/sh", "-c")
        .command(script);
  }

  @Test
  void candidateThatTestsARealDatabasePasses() {
    RunId id =
        runs.start(
            "passing",
            SampleService.service("database", FargateImages.POSTGRES)
                .environment("POSTGRES_PASSWORD", "example")
                .healthcheck("CMD", "pg_isready", "--host=127.0.0.1", "--username=postgres"),
            SampleService.candidate("tests", FargateImages.POSTGRES)
                .environment("PGPASSWORD", "example")
                .entrypoint("psql", "--host=database", "--username=postgres")
                .command("--command=select 1")
                .dependsOn("database"));

    Run run = runs.ended(id, PATIENCE);

    assertThat(run.verdict()).as("%s", runs.report(id)).isEqualTo(Verdict.PASSED);
    assertThat(runs.account.ecs.wire().launches("passing/1/1/1")).isEqualTo(1);
    Eventually.within(PATIENCE, "nothing is left", () -> runs.account.ecs.left().isEmpty());
  }

  @Test
  void candidateThatFailsFailsTheRun() {
    RunId id = runs.start("failing", candidate("exit 7"));

    assertThat(runs.ended(id, PATIENCE).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(runs.report(id).toString()).contains("7");
  }

  @Test
  void cancelledRunStopsItsTask() {
    RunId id = runs.start("cancelled", candidate("trap 'exit 0' TERM; sleep 600 & wait"));
    Eventually.within(
        PATIENCE,
        "the candidate runs",
        () -> run(id).step(1).orElseThrow().tasks().getFirst().candidateStarted());

    runs.cancel(id);

    assertThat(runs.ended(id, PATIENCE).verdict()).isEqualTo(Verdict.CANCELLED);
    Eventually.within(PATIENCE, "nothing is left", () -> runs.account.ecs.left().isEmpty());
  }

  private Run run(RunId id) {
    return runs.run(id);
  }
}
