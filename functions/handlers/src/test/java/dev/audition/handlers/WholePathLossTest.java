package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.sqs.Queue;
import dev.audition.aws.testkit.LocalQueues;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunCommand.LaunchTask;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.TaskState;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.wire.Account;
import dev.audition.handlers.wire.Deaths;
import dev.audition.handlers.wire.FargateImages;
import dev.audition.handlers.wire.Faults.Fault;
import dev.audition.handlers.wire.StateChangeFeed.Disorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What functions that died, and events that never came, leave to others to do, in an account with
 * room for one run at a time. Messages do not come back while a test lasts, so that it is the
 * others, and the functions' clocks are moved instead of waiting.
 */
@Tag("docker")
final class WholePathLossTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Disorder SILENCE = new Disorder(0, 0, 0, 1, Duration.ZERO);
  private static final Fault INACTIVE =
      new Fault.Refused("ClientException", "TaskDefinition is inactive");
  private static final String WAITS = "trap 'exit 0' TERM; sleep 600 & wait";

  private final Deaths deaths = new Deaths(0, 0);
  private final List<String> events = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private Account account;
  private AccountFunctions functions;
  private HookReceiver receiver;

  @BeforeEach
  void deploy() throws IOException, InterruptedException {
    receiver = new HookReceiver(folder);
    account = new Account(folder.resolve("logs"), new Account.Rules(600, 5, 1));
    account.ecs().wire().events().subscribe(events::add);
    receiver.trustedBy(account);
    functions = new AccountFunctions(account, deaths, receiver::post);
  }

  @AfterEach
  void close() {
    functions.close();
    account.close();
    receiver.close();
  }

  private RunId ask(String id, String script) {
    return functions.ask(
        id,
        "",
        "compose.yml",
        """
        x-audition:
          candidates: [tests]
          hooks: {on_finish: {notify: [%s]}}
        services:
          tests: {image: '%s', entrypoint: [/bin/sh, -c], command: ["%s"], cpus: 1}
        """
            .formatted(receiver.target(), FargateImages.SHELL, script));
  }

  private void until(RunId id, String what, Predicate<Run> condition) {
    Eventually.within(
        PATIENCE,
        "%s: %s".formatted(id, what),
        () -> functions.store().load(id).filter(condition).isPresent());
  }

  private static boolean started(Run run) {
    return run.steps().stream()
        .flatMap(step -> step.tasks().stream())
        .anyMatch(TaskState::candidateStarted);
  }

  private void sweepAfter(Duration ahead) {
    functions.ahead(ahead);
    functions.sweep();
  }

  @Test
  void theSweepDoesWhatAFunctionThatDiedLeftAndSeesWhatNoEventTold() {
    deaths.next("before PutObject");
    account.ecs().wire().events().disorder(SILENCE);
    RunId first = ask("first", "exit 0");
    until(first, "is left", run -> run.status() == RunStatus.PREPARING);
    RunId second = ask("second", WAITS);
    until(second, "waits", run -> run.status() == RunStatus.QUEUED);
    RunId third = ask("third", "exit 0");
    until(third, "waits", run -> run.status() == RunStatus.QUEUED);
    functions.cancelAndLeave(third);

    sweepAfter(Duration.ofSeconds(30));
    assertThat(account.ecs().wire().launches("first/1/1/1")).isEqualTo(1);
    Eventually.within(PATIENCE, "it ends", () -> account.ecs().wire().alive().isEmpty());
    sweepAfter(Duration.ofMinutes(2));

    assertThat(functions.run(first).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(receiver.told("first", "on_finish", PATIENCE).text("verdict")).isEqualTo("PASSED");
    assertThat(account.ecs().wire().launches("second/1/1/1")).as("there is room").isEqualTo(1);

    functions.cancelAndLeave(second);
    sweepAfter(Duration.ofMinutes(3));
    Eventually.within(PATIENCE, "it is stopped", () -> account.ecs().wire().alive().isEmpty());
    assertThat(receiver.told("second", "on_finish", PATIENCE).text("verdict"))
        .isEqualTo("CANCELLED");
    assertThat(receiver.told("third", "on_finish", PATIENCE).text("verdict"))
        .isEqualTo("CANCELLED");
    assertThat(account.ecs().wire().launches("third/1/1/1")).isZero();

    Instant muchLater = Instant.now().plus(Duration.ofDays(60)).truncatedTo(ChronoUnit.HOURS);
    sweepAfter(Duration.between(Instant.now(), muchLater).plusSeconds(10));
    assertThat(functions.log()).contains("unused task definitions removed");
  }

  @Test
  void whoeverMakesRoomBeginsTheNextWithADefinitionThatIsThere() {
    RunId first = ask("first", "sleep 1; exit 3");
    until(first, "runs", WholePathLossTest::started);
    RunId second = ask("second", "exit 0");
    until(second, "waits", run -> run.status() == RunStatus.QUEUED);
    account.ecs().wire().faults().next("RunTask", INACTIVE);

    assertThat(functions.ended(first, PATIENCE).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(functions.ended(second, PATIENCE).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aRunThatIsCancelledWhileItIsLaunchedIsStopped() {
    RunId run = new RunId("cancelled");
    account.ecs().wire().events().disorder(SILENCE);
    account.ecs().wire().faults().next("RunTask", INACTIVE);
    deaths.meanwhile("after RunTask", () -> functions.cancelAndLeave(run));
    ask("cancelled", WAITS);

    assertThat(functions.ended(run, PATIENCE).verdict()).isEqualTo(Verdict.CANCELLED);
    Eventually.within(
        PATIENCE,
        "the one that launched it stops it",
        () -> account.ecs().wire().requests().containsKey("StopTask"));
    assertThat(account.ecs().wire().launches("cancelled/1/1/1")).isEqualTo(1);
    Eventually.within(PATIENCE, "nothing is left", () -> account.ecs().left().isEmpty());
  }

  @Test
  void aLaunchThatIsTooOldIsLookedUpAndNotRepeated() {
    deaths.next("before RunTask");
    RunId run = ask("old", WAITS);
    until(
        run,
        "is left",
        stored ->
            stored.pending().stream().anyMatch(pending -> pending.command() instanceof LaunchTask));
    functions.ahead(Duration.ofMinutes(31));
    new Queue(LocalQueues.access(), account.taskEvents().url()).send(eventOf("old/1/1/7"));

    until(run, "is answered", stored -> stored.pending().isEmpty());
    assertThat(account.ecs().wire().launches("old/1/1/1")).isZero();
    assertThat(account.ecs().wire().requests()).containsKey("ListTasks");
  }

  private String eventOf(String startedBy) {
    return """
    {"version": "0", "id": "e-1", "detail-type": "ECS Task State Change", "source": "aws.ecs",
     "detail": {"taskArn": "%s", "clusterArn": "%s", "startedBy": "%s", "version": 3,
       "lastStatus": "STOPPED", "desiredStatus": "STOPPED", "containers": []}}
    """
        .formatted(
            account.ecs().wire().arns().clusterArn().replace("cluster/", "task/") + "/1",
            account.ecs().wire().arns().clusterArn(),
            startedBy);
  }
}
