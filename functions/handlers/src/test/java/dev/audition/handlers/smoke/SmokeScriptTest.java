package dev.audition.handlers.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeScriptTest {
  private static final Map<String, String> NOTHING_SPECIAL = Map.of();

  @TempDir private Path folder;
  private SmokeRun smoke;

  @BeforeEach
  void makeAnAccount() throws IOException {
    smoke = new SmokeRun(folder);
  }

  private int run(Map<String, String> environment, String... more) throws Exception {
    String[] arguments = new String[more.length + 6];
    System.arraycopy(more, 0, arguments, 0, more.length);
    System.arraycopy(
        new String[] {"--stack", "audition", "--region", "eu-central-1", "--patience", "0"},
        0,
        arguments,
        more.length,
        6);
    return smoke.run(environment, arguments);
  }

  @Test
  void sayingWhatItWouldDoAsksNothingAndStaysBelowADollar() throws Exception {
    assertThat(run(NOTHING_SPECIAL, "--plan", "--long")).isZero();

    assertThat(smoke.calls()).isEmpty();
    assertThat(smoke.output())
        .containsPattern("V1 +1 vCPU 2 GiB +300 s +0\\.00\\d\\d")
        .contains("V2 ")
        .containsPattern("together at most 0\\.\\d\\d USD");
  }

  @Test
  void wrongUsageIsToldBeforeAnythingIsAsked() throws Exception {
    assertThat(smoke.run(NOTHING_SPECIAL, "--plan")).isEqualTo(3);
    assertThat(smoke.output()).contains("--stack");
    assertThat(run(NOTHING_SPECIAL, "--only", "V3,V99")).isEqualTo(3);
    assertThat(smoke.output()).contains("--only V99: unknown (expected: some of V1,");
    assertThat(smoke.run(NOTHING_SPECIAL, "--stack", "audition")).isEqualTo(3);
    assertThat(smoke.output()).contains("--region is missing");
    assertThat(smoke.run(NOTHING_SPECIAL, "--help")).isZero();
    assertThat(smoke.output()).contains("Exit codes:");
    assertThat(smoke.calls()).isEmpty();
  }

  @Test
  void questionsOfEveryKindAreAskedAndNothingStays() throws Exception {
    int exitCode = run(NOTHING_SPECIAL, "--only", "V1,V3,V5,V7,K2,K3");

    assertThat(smoke.leftBehind()).isEmpty();
    assertThat(smoke.output())
        .containsPattern("V1 +HOLDS")
        .containsPattern("K2 +HOLDS")
        .containsPattern("V5 +SEEN")
        // Nor does it refuse a task that is larger than its quota.
        .containsPattern("V7 +DIFFERS")
        // Every container of this account ends with 0, and so does what should never run.
        .containsPattern("V3 +DIFFERS")
        .doesNotContain("Error")
        .doesNotContain("LEFT BEHIND");
    assertThat(exitCode).isEqualTo(1);
    assertThat(smoke.calls())
        .contains("ecs stop-task", "ecs deregister-task-definition", "ecs delete-task-definitions");
  }

  @Test
  void whatHoldsEndsWithZero() throws Exception {
    assertThat(run(NOTHING_SPECIAL, "--only", "V1,K4")).isZero();
    assertThat(smoke.output()).containsPattern("V1 +HOLDS").doesNotContain("V3 ");
  }

  @Test
  void whatCannotBeSetUpIsToldAndWhatWasMadeBeforeGoesAway() throws Exception {
    assertThat(run(Map.of("STAND_IN_FAIL", "events put-targets"), "--only", "V1")).isEqualTo(2);

    assertThat(smoke.output()).contains("aws events put-targets: An error occurred (AccessDenied)");
    assertThat(smoke.calls()).contains("events delete-rule", "sqs delete-queue");
    assertThat(smoke.leftBehind()).isEmpty();
  }

  @Test
  void aQuestionThatCannotBeAskedDoesNotStopTheOthers() throws Exception {
    assertThat(run(Map.of("STAND_IN_FAIL", "s3 cp"), "--only", "K2,K4")).isZero();

    assertThat(smoke.output()).containsPattern("K2 +not shown").containsPattern("K4 +HOLDS");
    assertThat(smoke.leftBehind()).isEmpty();
  }

  @Test
  void whatCannotBeRemovedIsNamedWithItsCommand() throws Exception {
    assertThat(run(Map.of("STAND_IN_FAIL", "sqs delete-queue"), "--only", "K4")).isEqualTo(2);

    assertThat(smoke.output())
        .containsPattern(
            "LEFT BEHIND the queue: aws sqs delete-queue --queue-url audition-smoke-[0-9a-f]{8} ");
    assertThat(smoke.leftBehind()).singleElement().asString().startsWith("audition-smoke-");
  }

  @Test
  void beingStoppedCleansUp() throws Exception {
    Process process =
        smoke.start(
            Map.of("STAND_IN_HANG", "ecs describe-tasks"),
            "--stack",
            "audition",
            "--region",
            "eu-central-1",
            "--only",
            "K4");
    Eventually.within(
        Duration.ofSeconds(30), "it waits for a task", () -> smoke.asked("ecs describe-tasks"));
    process.destroy();

    assertThat(smoke.exitCode(process)).isEqualTo(2);
    assertThat(smoke.calls()).contains("ecs stop-task");
    assertThat(smoke.leftBehind()).isEmpty();
  }

  @Test
  void whatAKilledOneLeftIsFoundByItsId() throws Exception {
    Process process =
        smoke.start(
            Map.of("STAND_IN_HANG", "ecs describe-tasks"),
            "--stack",
            "audition",
            "--region",
            "eu-central-1",
            "--only",
            "K4");
    Eventually.within(
        Duration.ofSeconds(30), "it waits for a task", () -> smoke.asked("ecs describe-tasks"));
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    smoke.exitCode(process);
    String id = smoke.output().replaceFirst("(?s)^.*smoke ([0-9a-f]{8}):.*$", "$1");

    assertThat(smoke.leftBehind()).isNotEmpty();
    assertThat(run(NOTHING_SPECIAL, "--clean", id)).isZero();
    assertThat(smoke.leftBehind()).isEmpty();
  }
}
