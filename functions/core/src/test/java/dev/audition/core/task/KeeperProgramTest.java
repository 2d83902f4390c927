package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.audition.core.testkit.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the keeper ends, and with which exit code, beside a stand-in for the task's metadata. */
class KeeperProgramTest {
  static final List<String> PROGRAMS =
      List.of(OwnProgram.text("keeper.py"), OwnProgram.text("pack.py"));
  private static final String PLAN =
      """
      {"containers": ["a", "b", "job", "db"], "candidates": ["a", "b"],
       "gates": [["a", "job", "SUCCESS"], ["b", "db", "HEALTHY"]], "timeout": 60,
       "artifacts": [], "bytes": 1000, "files": 10, "grace": 5}
      """;

  private final TaskServer task = new TaskServer();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("ECS_CONTAINER_METADATA_URI_V4", task.metadataUrl()));

  @BeforeEach
  void needsPython() {
    assumeThat(OwnProgram.canRun()).as("python3, 3.10 or newer, is here").isTrue();
  }

  @AfterEach
  void closeServer() {
    task.close();
  }

  private OwnProgram.Ended keep() {
    return OwnProgram.run(environment, PROGRAMS, PLAN);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a:STOPPED:0 b:STOPPED:1 job:STOPPED:0 | 0 | every candidate has ended",
        "a:NEW job:STOPPED:3 | 65 | a waits for job, which ended with 3",
        "job:STOPPED:3 | 65 | a waits for job",
        "db:STOPPED:0 | 65 | b waits for db to be healthy, which has ended",
        "db:RUNNING::UNHEALTHY | 65 | b waits for db, which is unhealthy",
        "a:STOPPED:0 b:STOPPED:0 db:STOPPED:1 | 0 | every candidate has ended",
        "a:NEVER | 65 | a never started",
        "a:NEVER b:STOPPED:0 | 65 | a never started",
      })
  void endsWithWhatItSees(String containers, int exitCode, String reason) {
    task.telling(containers);
    OwnProgram.Ended ended = keep();
    assertThat(ended.output()).contains(reason);
    assertThat(ended.exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'job:RUNNING'",
    "'a:RUNNING job:STOPPED:3 b:RUNNING'",
    "'b:RUNNING db:STOPPED:0'",
    "'db:RUNNING::UNKNOWN'",
    "'db:RUNNING'",
    "'a:STOPPED:0'",
  })
  void goesOnWhileACandidateMayStillRun(String containers) {
    task.metadata = n -> n < 4 ? containers : "a:STOPPED:0 b:STOPPED:0";
    assertThat(keep().exitCode()).isZero();
    assertThat(task.asked()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void asksOnceMoreBeforeItGivesUp() {
    task.metadata =
        n ->
            switch (n) {
              case 1 -> "job:STOPPED";
              case 2 -> "job:STOPPED:0";
              default -> "a:STOPPED:0 b:STOPPED:0";
            };
    assertThat(keep().exitCode()).isZero();
  }

  @Test
  void takesAContainerThatIsAbsentForOneThatHasNotStarted() {
    task.metadata = n -> n < 3 ? "{\"Containers\": []}" : "a:STOPPED:0 b:STOPPED:0";
    assertThat(keep().exitCode()).isZero();
  }

  @Test
  void bearsMetadataThatComesAndGoes() {
    task.metadata =
        n ->
            switch (n) {
              case 1, 4 -> null;
              case 2 -> "{}";
              case 3 -> "{\"Containers\": null}";
              case 5 -> "{\"Containers\": ";
              default -> "a:STOPPED:0 b:STOPPED:0";
            };
    assertThat(keep().exitCode()).isZero();
  }

  @Test
  void givesUpMetadataThatStaysAway() {
    task.metadata = _ -> null;
    try (OwnProgram keeper =
        OwnProgram.start(
            environment,
            List.of(OwnProgram.text("keeper.py").replace("PATIENCE = 60", "PATIENCE = 1"), ""),
            PLAN)) {
      OwnProgram.Ended ended = keeper.end();
      assertThat(ended.output()).contains("the task metadata was unreachable for 1 s: HTTP Error");
      assertThat(ended.exitCode()).isEqualTo(67);
    }
  }

  @Test
  void endsAtTheDeadlineWhileCandidatesRun() {
    task.telling("a:RUNNING db:RUNNING::HEALTHY");
    environment.put("AUDITION_DEADLINE", Long.toString(System.currentTimeMillis() / 1000 + 2));
    OwnProgram.Ended ended = keep();
    assertThat(ended.exitCode()).isEqualTo(66);
    assertThat(ended.output()).contains("the deadline has passed");
  }

  @Test
  void endsAtOnceWhereTheDeadlineHasPassed() {
    environment.put("AUDITION_DEADLINE", "1");
    assertThat(keep().exitCode()).isEqualTo(66);
    assertThat(task.asked()).isZero();
  }

  @Test
  void endsWhenItIsToldTo() {
    task.telling("a:RUNNING");
    try (OwnProgram keeper = OwnProgram.start(environment, PROGRAMS, PLAN)) {
      Eventually.within(Duration.ofSeconds(30), "a question", () -> task.asked() > 0);
      keeper.tellToStop();
      assertThat(keeper.end().exitCode()).isEqualTo(143);
    }
  }

  @Test
  void asksThroughNoProxy() {
    task.telling("a:STOPPED:0 b:STOPPED:0");
    environment.put("http_proxy", "http://127.0.0.1:9");
    assertThat(keep().exitCode()).isZero();
  }
}
