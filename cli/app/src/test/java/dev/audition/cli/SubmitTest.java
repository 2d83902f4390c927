package dev.audition.cli;

import static dev.audition.core.testkit.ContainerScript.exits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.sqs.ReceivedMessage;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.request.RunRequest;
import dev.audition.core.request.RunRequestReader;
import dev.audition.core.request.RunRequestReader.Outcome;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.local.LocalAudition;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitTest {
  private static final String TESTS =
      "x-audition: {candidates: [tests]}\nservices:\n  tests:\n    image: acme/tests:${TAG:-1}\n";

  @TempDir Path folder;
  private final DeploymentStandIn ci = new DeploymentStandIn();
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
  }

  @AfterEach
  void leave() {
    ci.close();
  }

  private CommandRun submit(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "submit";
    all[1] = "--stack";
    all[2] = "ci";
    System.arraycopy(words, 0, all, 3, words.length);
    return ci.type(place, all);
  }

  private RunRequest sent() {
    ReceivedMessage message = ci.functions.receive().orElseThrow();
    return switch (RunRequestReader.read(message.body())) {
      case Outcome.Accepted(RunRequest request) -> request;
      case Outcome.Rejected rejected -> throw new AssertionError(rejected.reasons());
    };
  }

  private static String value(CommandRun run, String key) {
    Mapping document = (Mapping) JsonReader.read(run.out(), "stdout");
    return ((Scalar) document.find(key).orElseThrow()).text();
  }

  private void nothingWasSent() {
    assertThat(ci.functions.receive()).isEmpty();
  }

  private void passes() {
    ci.functions.tasks.script("tests", exits(0, Duration.ofSeconds(5)));
    ci.functions.tasks.script("audition-stage", exits(0, Duration.ofSeconds(1)));
    ci.functions.tasks.script("audition-keeper", exits(0, Duration.ofSeconds(8)));
    goesOn();
  }

  private void goesOn() {
    ci.meanwhile =
        () -> {
          ci.functions.takeAll();
          ci.functions.advance(Duration.ofMinutes(1));
        };
  }

  @Test
  void itPrintsTheRunsIdAndHowToFollowIt() {
    String file = place.file("shop/compose.yaml", TESTS);
    CommandRun run = submit(file, "--region", "eu-central-1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String id = run.out().strip();
    assertThat(run.err())
        .contains("ci is asked for run " + id)
        .contains("audition logs -f --stack ci --region eu-central-1 " + id)
        .contains("audition show --stack ci --region eu-central-1 " + id)
        .contains("audition cancel --stack ci --region eu-central-1 " + id);
    RunRequest request = sent();
    assertThat(request.runId().value()).isEqualTo(id);
    assertThat(request.project()).isEqualTo("shop");
    assertThat(request.files()).containsExactly("compose.yaml");
  }

  @Test
  void optionsArriveAsTheyWereGiven() {
    String _ =
        place.file(
            "shop/codefresh.yml",
            """
            version: '1.0'
            steps:
              it:
                type: composition
                composition: {version: '2', services: {db: {image: 'acme/db:${{LEVEL}}'}}}
                composition_candidates: {unit: {image: '${{app}}', command: run}}
              other:
                type: composition
                composition: {version: '2', services: {db: {image: acme/db}}}
                composition_candidates: {unit: {image: acme/unit, command: run}}
            """);
    String values = place.file("values.env", "LEVEL=from-the-file\nMORE=1\n");
    CommandRun run =
        submit(
            folder.resolve("shop").toString(),
            "--step=it",
            "--image=app=acme/app:7",
            "--var=LEVEL=given",
            "--var-file=" + values,
            "--timeout=10m",
            "--queue-timeout=1h30m",
            "--project=acme/shop",
            "--skip-unsupported",
            "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    RunRequest request = sent();
    assertThat(value(run, "runId")).isEqualTo(request.runId().value());
    assertThat(request.selection().step()).isEqualTo("it");
    assertThat(request.values().images()).containsExactly(Map.entry("app", "acme/app:7"));
    assertThat(request.values().variables())
        .containsExactly(Map.entry("LEVEL", "given"), Map.entry("MORE", "1"));
    assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(request.queueTimeout()).isEqualTo(Duration.ofMinutes(90));
    assertThat(request.project()).isEqualTo("acme/shop");
    assertThat(request.skipUnsupported()).isTrue();
    assertThat(request.files()).containsExactly("codefresh.yml");
    assertThat(ci.functions.read(request.accepted(ci.clock.instant())).refused()).isFalse();
  }

  @Test
  void theEnvironmentStaysHereAndIsAskedFor() {
    place = place.with("TAG", "7").with("OTHER_SECRET", "never-to-be-sent");
    String file = place.file("shop/compose.yaml", TESTS);
    CommandRun refused = submit(file);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains("your environment is not sent, and it has a value for TAG")
        .contains("add: --var TAG", "--secret NAME");
    nothingWasSent();

    assertThat(submit(file, "--var", "TAG").exitCode()).isZero();
    ReceivedMessage message = ci.functions.receive().orElseThrow();
    assertThat(message.body()).contains("\"variables\":{\"TAG\":\"7\"}");
    assertThat(message.body()).doesNotContain("never-to-be-sent").doesNotContain("environment");
    assertThat(message.groupId()).isEqualTo("shop");
  }

  @Test
  void whatLooksLikeASecretIsWarnedAbout() {
    String file = place.file("shop/compose.yaml", TESTS);
    assertThat(submit(file, "--var=DB_PASSWORD=x").err())
        .contains("--var DB_PASSWORD looks like a secret", "Secrets Manager")
        .doesNotContain("=x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--timeout=25h       | --timeout: at most 24h, not 25h",
        "--queue-timeout=25h | --queue-timeout: at most 24h, not 25h",
        "--queue-timeout=10  | --queue-timeout: \"10\" is not a duration (expected: 90s, 10m,"
            + " 1h30m)",
      })
  void aLimitIsADurationOfADayAtMost(String option, String message) {
    CommandRun run = submit(place.file("shop/compose.yaml", TESTS), option);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(message);
    nothingWasSent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mem_limit: 5m | a container has at least 6 MiB on Fargate, not 5",
        "network_mode: host | network_mode",
        "build: . | is built here, and Fargate pulls images from a registry",
      })
  void whatCannotBeIsRefusedBeforeAwsIsAsked(String line, String reason) {
    ci.account.refuse("DescribeStacks", 400, "AccessDenied", "must not be asked");
    String file = place.file("shop/compose.yaml", TESTS + "    " + line + "\n");
    String _ = place.file("shop/Dockerfile", "FROM acme/base\n");
    CommandRun run = submit(file, "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains("refused: ", reason, "REFUSED  nothing was sent");
    assertThat(value(run, "verdict")).isEqualTo("REFUSED");
  }

  @Test
  void whatIsMissingEndsInTheLineToPaste() {
    String file =
        place.file("shop/compose.yaml", "services: {tests: {image: 'acme/tests:${NO_TAG:?}'}}\n");
    CommandRun run = submit(file, "--candidate", "tests");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("audition submit --stack ci ", "--var NO_TAG=VALUE");
  }

  @ParameterizedTest
  @CsvSource({"0, PASSED, 0", "7, FAILED, 1"})
  void waitStaysUntilTheVerdictAndHasItsExitCode(int exit, String verdict, int exitCode) {
    passes();
    ci.functions.tasks.script("tests", exits(exit, Duration.ofSeconds(5)));
    CommandRun run = submit(place.file("shop/compose.yaml", TESTS), "--wait", "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err())
        .contains("s] tests exited " + exit)
        .contains(verdict + "  compose.yaml in ");
    assertThat(value(run, "verdict")).isEqualTo(verdict);
  }

  @Test
  void whatTheDeploymentRefusesIsExitCodeThreeAsWell() {
    goesOn();
    CommandRun run =
        submit(place.file("shop/compose.yaml", TESTS + "    cpus: 8\n"), "--wait", "--quiet");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).startsWith("REFUSED  compose.yaml");
  }

  @Test
  void aRunThatWaitsSaysWhy() {
    ci.open("ci", DeploymentStandIn.REGION).admission(Backoff.NONE).switchTo(Mode.PAUSED);
    passes();
    Runnable going = ci.meanwhile;
    ci.meanwhile =
        () -> {
          going.run();
          if (ci.clock.instant().isAfter(ManualClock.START.plusSeconds(200))) {
            assertThat(ci.type(place, "cancel", "--stack", "ci").exitCode()).isZero();
          }
        };
    CommandRun run = submit(place.file("shop/compose.yaml", TESTS), "--wait");
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.err())
        .contains(
            "the stack is paused, and no run begins until it is resumed",
            "CANCELLED  compose.yaml");
  }

  @Test
  void somebodyWhoLeavesIsToldThatTheRunGoesOn() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(stream, stream, false, Map.of("AWS_REGION", "eu-central-1"));
    try (Session session = new Session(terminal, () -> LocalAudition.of(place.environment()), ci)) {
      StackOptions meant = StackOptions.of("ci", null);
      Following following = new Following(session, meant);
      ci.meanwhile = following::interrupt;
      int exitCode =
          following.toTheVerdict(new RunId("r-1"), new SubmitOptions(), terminal.style(true));
      assertThat(exitCode).isEqualTo(130);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              "run r-1 goes on without this command: audition cancel --stack ci r-1 ends it\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quickstart", "redis", "two-candidates", "one-shot", "single-file-mount", "merge"})
  void whatIsReadThereIsWhatWasReadHere(String example) {
    String path = place.example(example);
    CommandRun run = submit(path);
    assertThat(run.exitCode()).as(run.err()).isZero();
    RunRequest request = sent().accepted(ci.clock.instant());
    Pipeline there = Objects.requireNonNull(ci.functions.read(request).pipeline());
    Place inside = new Place(Path.of(path), place.environment());
    Submission here = SubmittedProjects.read(inside, ci, path);
    assertThat(
            SubmittedProjects.plans(
                there, ci.functions.files(request), request.source().root(), path))
        .isEqualTo(SubmittedProjects.json(here.preview().plans()));
  }

  @Test
  void whatContainersMountIsSentAndNothingElse() {
    String _ = place.file("quickstart/private/notes.txt", "not mounted");
    assertThat(submit(place.example("quickstart")).err())
        .contains("sending the workspace: tests, 1 KiB packed");
    RunRequest request = sent();
    byte[] packed =
        ci.open("ci", "x").files().get(request.source().workspace(), 1 << 20).orElseThrow();
    assertThat(SubmittedProjects.names(packed)).containsExactly("tests/", "tests/orders.sql");
  }

  @Test
  void theFilesThatComposeFileNamesAreSentByTheirNames() {
    String _ = place.file("shop/ci.yaml", TESTS);
    String _ = place.file("shop/more.yaml", "services: {tests: {command: all}}\n");
    place = place.with("COMPOSE_FILE", "ci.yaml:more.yaml");
    CommandRun run = submit(folder.resolve("shop").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(sent().files()).containsExactly("ci.yaml", "more.yaml");
  }

  @Test
  void aFileOutsideOfTheWorkTreeIsRefused() {
    String file = place.file("shop/compose.yaml", TESTS);
    String other = place.file("other/more.yaml", "services: {tests: {command: all}}\n");
    CommandRun run = submit("-f", file, "-f", other);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("other/more.yaml lies outside of the work tree");
    nothingWasSent();
  }

  @Test
  void withoutMountsThereIsNoWorkspace() {
    assertThat(submit(place.file("shop/compose.yaml", TESTS)).exitCode()).isZero();
    assertThat(sent().source().workspace()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AccessDenied | User ann is not authorized | These credentials may not do that",
        "ExpiredToken | The security token included is expired | log in again",
        "InvalidClientTokenId | The token is invalid | AWS does not take these credentials",
        "Throttling | Rate exceeded | try again in a minute",
      })
  void whatAwsRefusesIsOneLineAndExitCodeTwo(String code, String message, String remedy) {
    ci.account.refuse("DescribeStacks", 400, code, message);
    assertOneLine(submit(place.file("shop/compose.yaml", TESTS), "--quiet"), message, remedy);
  }

  private static void assertOneLine(CommandRun run, String... words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    List<String> lines = run.err().lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .startsWith("audition: ")
        .contains(words)
        .doesNotContain("Request ID", "SDK Attempt", "Exception:");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aStackThatIsNotThereOrIsAnotherOneIsSaidInOneLine() {
    String file = place.file("shop/compose.yaml", TESTS);
    assertOneLine(
        ci.type(place, "submit", file, "--stack", "cj", "--quiet"),
        "Could not read the outputs of the stack cj in eu-central-1: Stack with id cj does not"
            + " exist",
        "--region");
    ci.account.outputs.remove("BucketName");
    assertOneLine(submit(file, "--quiet"), "The stack ci has no output BucketName");
  }
}
