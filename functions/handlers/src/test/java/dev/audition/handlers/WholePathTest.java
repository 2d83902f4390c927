package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.sqs.Queue;
import dev.audition.aws.sqs.ReceivedMessage;
import dev.audition.aws.testkit.LocalQueues;
import dev.audition.core.run.ContainerShape;
import dev.audition.core.run.HookDelivery;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskState;
import dev.audition.core.source.SourceArchiveWriter;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.wire.Account;
import dev.audition.handlers.wire.Deaths;
import dev.audition.handlers.wire.FargateImages;
import dev.audition.handlers.wire.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a message on the queue of run requests to the verdict and the one who is told of it, through
 * the functions and everything they talk to. All runs are asked for at once; nothing sweeps unless
 * a test says so, so that events alone must do.
 */
@Tag("docker")
final class WholePathTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String WAITS = "trap 'exit 0' TERM; sleep 600 & wait";
  private static final String UNREADABLE_EVENT = "no event of ECS";

  @TempDir private static Path folder;
  private static Account account;
  private static AccountFunctions functions;
  private static HookReceiver receiver;
  private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void askForAll() throws IOException, InterruptedException {
    receiver = new HookReceiver(folder);
    account = new Account(folder.resolve("logs"), new Account.Rules(4, 3, 64));
    account.ecs().wire().events().subscribe(EVENTS::add);
    receiver.trustedBy(account);
    receiver.isBusyOnce();
    functions = new AccountFunctions(account, new Deaths(0, 0), receiver::post);
    new Queue(LocalQueues.access(), account.taskEvents().url()).send(UNREADABLE_EVENT);
    functions.send("{\"schema\": 1, \"runId\": \"unreadable\"}");
    functions.send("{\"schema\": 1, \"cancel\": \"overtaken\", \"by\": \"a person\"}");
    functions.ask("passing", "", "compose.yml", passing());
    functions.ask("hopeless", "", "compose.yml", hopeless());
    functions.ask("late", ", \"timeoutSeconds\": 15", "compose.yml", shell("late", WAITS));
    askWithWorkspace();
    functions.ask("memory", "", "compose.yml", memory());
    functions.ask("failing", "", "compose.yml", shell("failing", "exit 7"));
    functions.ask("failing", "", "compose.yml", shell("failing", "exit 7"));
    functions.ask("refused", "", "compose.yml", refused());
    functions.ask("cancelled", "", "compose.yml", shell("cancelled", WAITS));
    functions.ask("overtaken", "", "compose.yml", shell("overtaken", WAITS));
  }

  @AfterAll
  static void close() {
    functions.close();
    account.close();
    receiver.close();
  }

  private static String passing() {
    return """
    x-audition:
      candidates: [tests]
      hooks:
        on_success:
          notify:
            - %1$s
            - {sns: 'arn:aws:sns:eu-central-1:123456789012:builds'}
            - {eventbridge: {bus: default}}
    services:
      database:
        image: %2$s
        environment: {POSTGRES_PASSWORD: example}
      tests:
        image: %2$s
        environment: {PGPASSWORD: example}
        entrypoint: [psql, --host=database, --username=postgres]
        command: ['--command=select 1']
        depends_on: [database]
    """
        .formatted(receiver.target(), FargateImages.POSTGRES);
  }

  private static String shell(String name, String script) {
    return """
    x-audition:
      candidates: [%1$s-tests]
      hooks: {on_finish: {notify: [%2$s]}}
    services:
      %1$s-tests:
        image: %3$s
        entrypoint: [/bin/sh, -c]
        command: ["%4$s"]
    """
        .formatted(name, receiver.target(), FargateImages.SHELL, script);
  }

  private static String memory() {
    return """
    x-audition: {candidates: [tests]}
    services:
      tests:
        image: %s
        entrypoint: [tail, /dev/zero]
        command: []
        mem_limit: 64m
    """
        .formatted(FargateImages.SHELL);
  }

  private static String hopeless() {
    return """
    x-audition: {candidates: [tests]}
    services:
      app:
        image: %1$s
        entrypoint: [/bin/sh, -c]
        command: ["trap 'exit 0' TERM; sleep 600 & wait"]
        healthcheck: {test: [CMD-SHELL, exit 1], interval: 1s, timeout: 1s, retries: 1}
      tests:
        image: %1$s
        entrypoint: [/bin/sh, -c]
        command: [exit 0]
        depends_on: {app: {condition: service_healthy}}
    """
        .formatted(FargateImages.SHELL);
  }

  private static String refused() {
    return """
    x-audition:
      candidates: [tests]
      hooks: {on_finish: {notify: [%s]}}
    services:
      tests: {image: %s, network_mode: host}
    """
        .formatted(receiver.target(), FargateImages.SHELL);
  }

  private static void askWithWorkspace() throws IOException, InterruptedException {
    String compose =
        """
        x-audition: {candidates: [tests], artifacts: [./reports]}
        services:
          tests:
            image: %s
            entrypoint: [/bin/sh, /tests/check.sh]
            command: []
            volumes: ['./tests:/tests:ro', './reports:/reports']
        """
            .formatted(FargateImages.SHELL);
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.createDirectories(workspace.resolve("tests"));
    Files.createDirectories(workspace.resolve("reports"));
    Files.writeString(workspace.resolve("compose.yml"), compose);
    Files.writeString(
        workspace.resolve("tests/check.sh"), "echo 'all is well' > /reports/report.txt\n");
    Path archive = folder.resolve("workspace.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", workspace.toString(), ".")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    account.files().put("runs/mounting/workspace.tar.gz", Files.readAllBytes(archive));
    SourceArchiveWriter source = new SourceArchiveWriter();
    source.add("compose.yml", compose.getBytes(StandardCharsets.UTF_8));
    source.list("tests", SourceFiles.Kind.FOLDER);
    source.list("reports", SourceFiles.Kind.FOLDER);
    account.files().put("runs/mounting/source.zip", source.zip());
    functions.send(
        """
        {"schema": 1, "runId": "mounting", "project": "shop",
         "source": {"archive": "runs/mounting/source.zip", "name": "shop",
                    "workspace": "runs/mounting/workspace.tar.gz"}}
        """);
  }

  private static Run ended(String id) {
    return functions.ended(new RunId(id), PATIENCE);
  }

  private static void nothingOfIsLeft(String id) {
    Eventually.within(PATIENCE, "the end of " + id, () -> functions.run(new RunId(id)).over());
    Eventually.within(PATIENCE, "nothing is left of " + id, () -> account.ecs().left(id).isEmpty());
  }

  private static Integer keeperExit(Run run) {
    TaskState task = run.step(1).orElseThrow().tasks().getFirst();
    ContainerShape keeper =
        task.containers().stream().filter(ContainerShape::keeper).findFirst().orElseThrow();
    return Objects.requireNonNull(task.evidenceOf(keeper).exitCode());
  }

  @Test
  void testsOfARealDatabasePassAndEveryTargetIsTold() {
    Run run = ended("passing");

    assertThat(run.verdict()).as("%s", functions.report(run.id())).isEqualTo(Verdict.PASSED);
    assertThat(account.ecs().wire().launches("passing/1/1/1")).isEqualTo(1);
    Fields told = receiver.told("passing", "on_success", PATIENCE);
    assertThat(told.text("verdict")).isEqualTo("PASSED");
    assertThat(told.text("reason")).contains("tests exited 0");
    Eventually.within(
        PATIENCE,
        "all is delivered",
        () ->
            functions.run(run.id()).hooks().deliveries().stream()
                .allMatch(delivery -> delivery.state() == HookDelivery.State.DELIVERED));
    assertThat(account.others().published()).anyMatch(text -> text.contains("PASSED"));
    assertThat(account.others().events()).anyMatch(text -> text.contains("\"passing\""));
    nothingOfIsLeft("passing");
  }

  @Test
  void aFailureAskedForTwiceIsOneRunThatFails() {
    Run run = ended("failing");

    assertThat(run.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(functions.report(run.id()).reason()).contains("exited 7");
    assertThat(receiver.told("failing", "on_finish", PATIENCE).text("verdict")).isEqualTo("FAILED");
    Eventually.within(
        PATIENCE,
        "both are taken",
        () ->
            functions
                    .log()
                    .lines()
                    .filter(line -> line.contains("request taken") && line.contains("failing"))
                    .count()
                >= 2);
    assertThat(account.ecs().wire().launches("failing/1/1/1")).isEqualTo(1);
    nothingOfIsLeft("failing");
  }

  @Test
  void whatIsRefusedIsStoredWithItsReasonsAndTold() {
    Run run = ended("refused");

    assertThat(run.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(functions.store().text(run.id(), "refusals").orElse(""))
        .contains("compose.yml:5")
        .contains("network_mode");
    assertThat(receiver.told("refused", "on_finish", PATIENCE).text("verdict"))
        .isEqualTo("REFUSED");
    assertThat(account.ecs().wire().launches("refused/1/1/1")).isZero();
  }

  @Test
  void whatNobodyCanReadIsParkedWithTheReason() {
    ReceivedMessage parked = deadLetter(account.runRequests());

    assertThat(parked.body()).contains("unreadable");
    assertThat(parked.attributes().get(Queue.REASON)).contains("project").contains("source");
    assertThat(functions.store().load(new RunId("unreadable"))).isEmpty();
  }

  @Test
  void anEventThatFailsEveryTimeEndsWithTheDeadLettersAndHoldsUpNoOther() {
    assertThat(deadLetter(account.taskEvents()).body()).isEqualTo(UNREADABLE_EVENT);
    assertThat(functions.log()).contains("a message cannot be read");
  }

  @Test
  void aCandidateWithoutMemoryFailsTheRunAndSaysSo() {
    Run run = ended("memory");

    assertThat(run.verdict()).as("%s", functions.report(run.id())).isEqualTo(Verdict.FAILED);
    assertThat(functions.report(run.id()).reason()).contains("memory").contains("64 MiB");
    nothingOfIsLeft("memory");
  }

  @Test
  void theKeeperEndsWhatIsLateThoughNobodySweeps() {
    Run run = ended("late");

    assertThat(run.verdict()).as("%s", functions.report(run.id())).isEqualTo(Verdict.TIMED_OUT);
    assertThat(receiver.told("late", "on_finish", PATIENCE).text("verdict")).isEqualTo("TIMED_OUT");
    nothingOfIsLeft("late");
    assertThat(keeperExit(functions.run(run.id()))).isEqualTo(66);
  }

  @Test
  void theKeeperEndsWhatIsHopeless() {
    Run run = ended("hopeless");

    assertThat(run.verdict()).as("%s", functions.report(run.id())).isEqualTo(Verdict.FAILED);
    assertThat(functions.report(run.id()).reason())
        .isEqualTo("tests never started: it waited for app to be HEALTHY; app never was.");
    nothingOfIsLeft("hopeless");
    assertThat(keeperExit(functions.run(run.id()))).isEqualTo(65);
  }

  @Test
  void theWorkspaceIsFetchedAndTheReportsAreKept() {
    Run run = ended("mounting");

    assertThat(run.verdict()).as("%s", functions.report(run.id())).isEqualTo(Verdict.PASSED);
    nothingOfIsLeft("mounting");
    assertThat(account.files().get("runs/mounting/artifacts/1/1/1/artifacts.tar.gz", 1 << 20))
        .isPresent();
  }

  /** Whoever cancels may be gone before the task is stopped; the next event of it is enough. */
  @Test
  void aCancelledRunIsStoppedByWhoeverHearsOfItNext() {
    RunId id = new RunId("cancelled");
    Eventually.within(
        PATIENCE,
        "the candidate runs",
        () ->
            functions.store().load(id).stream()
                .flatMap(run -> run.steps().stream())
                .flatMap(step -> step.tasks().stream())
                .anyMatch(TaskState::candidateStarted));

    functions.cancelAndLeave(id);
    assertThat(functions.run(id).verdict()).isEqualTo(Verdict.CANCELLED);
    String heard =
        EVENTS.stream().filter(event -> event.contains("cancelled/1/1/1")).toList().getLast();
    new Queue(LocalQueues.access(), account.taskEvents().url()).send(heard);

    assertThat(receiver.told("cancelled", "on_finish", PATIENCE).text("verdict"))
        .isEqualTo("CANCELLED");
    nothingOfIsLeft("cancelled");
  }

  @Test
  void aCancelThatOvertookItsRunEndsItAllTheSame() {
    Run run = ended("overtaken");

    assertThat(run.verdict()).as("%s", functions.report(run.id())).isEqualTo(Verdict.CANCELLED);
    assertThat(functions.report(run.id()).reason()).startsWith("cancelled by a person.");
    nothingOfIsLeft("overtaken");
    assertThat(functions.log()).contains("its request may be on its way");
  }

  private static ReceivedMessage deadLetter(Account.QueuePair queue) {
    Queue deadLetters = new Queue(LocalQueues.access(), queue.deadLetters());
    Eventually.within(PATIENCE, "a dead letter", () -> account.messages(queue.deadLetters()) > 0);
    return deadLetters.receive(1, Duration.ofSeconds(1)).getFirst();
  }
}
