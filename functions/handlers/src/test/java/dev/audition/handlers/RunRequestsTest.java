package dev.audition.handlers;

import static dev.audition.core.testkit.ContainerScript.exits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.request.CancelRequest;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.RunRequests.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RunRequestsTest {
  private static final String COMPOSE =
      """
      services:
        tests:
          image: acme/tests:1
          environment: {TOKEN: "${TOKEN}"}
      """;
  private static final String VALUE = "a-value-that-must-not-be-kept-in-the-table";

  private final Deployment deployment = new Deployment().knows("acme/tests:1");

  private Taken take(String body) {
    return deployment.requests.take(body);
  }

  private String asked(String id) {
    return deployment.source(
        id,
        ", \"candidates\": [\"tests\"], \"variables\": {\"TOKEN\": \"" + VALUE + "\"}",
        "compose.yml",
        COMPOSE);
  }

  @Test
  void aRequestBecomesARunThatIsLaunched() {
    take(asked("r-1"));
    assertThat(deployment.run("r-1").status()).isEqualTo(RunStatus.RUNNING);
    assertThat(deployment.tasks.launched()).containsExactly("r-1/1/1/1");
    assertThat(deployment.text("r-1", "plan")).contains("acme/tests:1");
  }

  @Test
  void itEndsWithTheVerdictOfItsCandidate() {
    deployment.tasks.script("tests", exits(0, Duration.ofSeconds(5)));
    deployment.tasks.script("audition-stage", exits(0, Duration.ofSeconds(1)));
    deployment.tasks.script("audition-keeper", exits(0, Duration.ofSeconds(8)));
    take(asked("r-1"));
    deployment.tasks.advance(Duration.ofMinutes(1));
    deployment.deliver();
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.PASSED);
    assertThat(deployment.log())
        .contains("\"RunsEnded\":1")
        .contains("\"Verdict\":\"PASSED\"")
        .contains("\"RunsErrored\":0")
        .contains("\"LaunchLatency\"");
  }

  @Test
  void theSameMessageAgainDoesNoHarm() {
    String body = asked("r-1");
    take(body);
    Run before = deployment.run("r-1");
    assertThat(take(body)).isInstanceOf(Taken.Stored.class);
    assertThat(deployment.run("r-1")).isEqualTo(before);
    assertThat(deployment.tasks.launched()).hasSize(1);
  }

  @Test
  void whatIsNoRequestIsToldAndStoresNothing() {
    assertThat(take("{\"schema\": 1}"))
        .isInstanceOfSatisfying(
            Taken.Unreadable.class,
            unreadable -> assertThat(unreadable.reasons()).contains("runId: is missing"));
    assertThat(deployment.stored.newest(10)).isEmpty();
  }

  @Test
  void aRefusedPipelineIsARunWithEveryReason() {
    take(
        deployment.source(
            "r-1",
            "",
            "compose.yml",
            "services:\n  a: {image: x, network_mode: host}\n  b: {imagee: y}\n"));
    Run run = deployment.run("r-1");
    assertThat(run.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(paragraph()).contains("compose.yml:2").contains("compose.yml:3");
    assertThat(deployment.text("r-1", "refusals")).contains("compose.yml:2");
    assertThat(deployment.tasks.launched()).isEmpty();
  }

  @Test
  void aSourceThatIsNotThereRefusesTheRun() {
    take(Deployment.request("r-1", ""));
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(paragraph()).contains("runs/r-1/source.zip: there is no source under this key");
  }

  @Test
  void aMountOfAWorkspaceThatDidNotComeIsRefused() {
    take(
        deployment.source(
            "r-1",
            ", \"candidates\": [\"tests\"]",
            "compose.yml",
            "services: {tests: {image: 'acme/tests:1', volumes: ['./conf:/conf']}}",
            "conf/settings.yml",
            "a: b"));
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(paragraph()).contains("compose.yml:1").contains("source.workspace");
    assertThat(deployment.tasks.launched()).isEmpty();
  }

  @Test
  void aBuildIsRefusedWithWhatToDo() {
    take(
        deployment.source(
            "r-1",
            "",
            "codefresh.yml",
            """
            version: '1.0'
            steps:
              app: {type: build, image_name: acme/app}
              tests:
                type: composition
                composition: {version: '2', services: {db: {image: acme/tests:1}}}
                composition_candidates: {unit: {image: '${{app}}', command: run}}
            """));
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(paragraph()).contains("on Fargate nothing is built").contains("--image app=REF");
  }

  @Test
  void moreThanTheAccountMayUseIsRefusedWithTheQuotasName() {
    take(
        deployment.source(
            "r-1",
            ", \"candidates\": [\"tests\"]",
            "compose.yml",
            "services: {tests: {image: 'acme/tests:1', cpus: 8}}"));
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(paragraph()).contains("L-3032A538");
  }

  /** Ask for three runs, of which there is room for one. */
  private void askForThree() {
    for (int i = 1; i <= 3; i++) {
      take(
          deployment.source(
              "r-" + i,
              ", \"candidates\": [\"tests\"]",
              "compose.yml",
              "services: {tests: {image: 'acme/tests:1', cpus: 4}}"));
    }
  }

  @Test
  void aRunWaitsWhereThereIsNoRoomForIt() {
    askForThree();
    assertThat(deployment.tasks.launched()).containsExactly("r-1/1/1/1");
    assertThat(deployment.run("r-2").status()).isEqualTo(RunStatus.QUEUED);
    assertThat(deployment.run("r-3").status()).isEqualTo(RunStatus.QUEUED);
  }

  @Test
  void aRunWaitsNoLongerThanItsRequestAllows() {
    for (String patience : new String[] {"", ", \"queueTimeoutSeconds\": 600"}) {
      take(
          deployment.source(
              patience.isEmpty() ? "r-1" : "r-2",
              ", \"candidates\": [\"tests\"]" + patience,
              "compose.yml",
              "services: {tests: {image: 'acme/tests:1', cpus: 4}}"));
    }
    deployment.clock.advance(Duration.ofSeconds(599));
    assertThat(deployment.runs.check(deployment.run("r-2").id()).status())
        .isEqualTo(RunStatus.QUEUED);
    deployment.clock.advance(Duration.ofSeconds(1));
    Run run = deployment.runs.check(deployment.run("r-2").id());
    assertThat(run.verdict()).isEqualTo(Verdict.TIMED_OUT);
    assertThat(Objects.requireNonNull(run.interruption()).paragraph())
        .contains("no capacity for it was free within 10 min");
  }

  /** A record that expires while its run waits would be a run without a verdict. */
  @Test
  void noRunWaitsUntilItsRecordExpires() {
    askForThree();
    deployment.clock.advance(Duration.ofDays(28).minusSeconds(1));
    assertThat(deployment.runs.check(deployment.run("r-3").id()).status())
        .isEqualTo(RunStatus.QUEUED);
    deployment.clock.advance(Duration.ofSeconds(1));
    assertThat(deployment.stored.active(deployment.clock.instant())).contains(new RunId("r-3"));
    assertThat(deployment.runs.check(deployment.run("r-3").id()).verdict())
        .isEqualTo(Verdict.TIMED_OUT);
  }

  @Test
  void noValueOfAVariableIsInALineOrADefinition() {
    take(asked("r-1"));
    assertThat(deployment.log()).doesNotContain(VALUE);
    assertThat(deployment.text("r-1", "definitions-1"))
        .contains("acme/tests:1")
        .doesNotContain(VALUE);
    assertThat(deployment.preparation.values(deployment.run("r-1").id(), 1, 1).file("tests"))
        .containsEntry("TOKEN", VALUE);
  }

  @Test
  void aRunIsCancelledByAMessageAndItsTaskIsStopped() {
    take(asked("r-1"));
    assertThat(take(cancel("r-1"))).isEqualTo(new Taken.Cancelled(new RunId("r-1")));
    deployment.tasks.advance(Duration.ofMinutes(1));
    deployment.deliver();
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(paragraph()).isEqualTo("cancelled by audition cancel: wrong branch.");
    Run ended = deployment.run("r-1");
    assertThat(take(cancel("r-1"))).isInstanceOf(Taken.Cancelled.class);
    assertThat(deployment.run("r-1")).isEqualTo(ended);
  }

  @Test
  void aRunThatWaitsLeavesItsLineWhenItIsCancelled() {
    askForThree();
    take(cancel("r-2"));
    assertThat(deployment.run("r-2").verdict()).isEqualTo(Verdict.CANCELLED);
    take(cancel("r-1"));
    deployment.tasks.advance(Duration.ofMinutes(1));
    deployment.deliver();
    assertThat(deployment.queue.changed(List.of(deployment.run("r-1"))))
        .containsExactly(new RunId("r-3"));
  }

  @Test
  void aCancelThatOvertookItsRequestComesBack() {
    assertThatThrownBy(() -> take(cancel("r-1")))
        .isInstanceOf(RuntimeUnavailableException.class)
        .hasMessageContaining("its request may be on its way");
    assertThat(take("{\"schema\": 1, \"cancel\": \"No Id\"}"))
        .isInstanceOfSatisfying(
            Taken.Unreadable.class,
            unreadable -> assertThat(unreadable.reasons()).contains("cancel: \"No Id\""));
  }

  private static String cancel(String id) {
    return new CancelRequest(new RunId(id), "audition cancel", "wrong branch").write();
  }

  private String paragraph() {
    return Objects.requireNonNull(deployment.run("r-1").interruption()).paragraph();
  }
}
