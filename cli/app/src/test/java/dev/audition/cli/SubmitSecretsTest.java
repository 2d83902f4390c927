package dev.audition.cli;

import static dev.audition.core.testkit.ContainerScript.exits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.sqs.ReceivedMessage;
import dev.audition.aws.testkit.LocalDynamo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** Variables that the project's secrets give in the deployment. */
class SubmitSecretsTest {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/shop/db-AbCdEf";
  private static final String COMPOSE =
      """
      x-audition: {candidates: [tests]}
      services:
        tests:
          image: acme/tests:1
          environment: {PGPASSWORD: "${DB_PASSWORD:?the database wants one}", MODE: fast}
      """;

  @TempDir Path folder;
  private final DeploymentStandIn ci = new DeploymentStandIn();
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
    LocalDynamo.grant(
        Objects.requireNonNull(ci.account.outputs.get("TableName")),
        "shop",
        Map.of("DB_PASSWORD", ARN, "DB_PASSWD", ARN, "CHANNEL", ARN),
        List.of());
  }

  @AfterEach
  void leave() {
    ci.close();
  }

  private CommandRun submit(String compose, String... words) {
    List<String> all = new ArrayList<>(List.of("submit", "--stack", "ci"));
    all.add(place.file("shop/compose.yaml", compose));
    all.addAll(List.of(words));
    return ci.type(place, all.toArray(String[]::new));
  }

  private String sent() {
    ReceivedMessage message = ci.functions.receive().orElseThrow();
    return message.body();
  }

  private void assertRefused(CommandRun run, String... words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains(words);
    assertThat(ci.functions.receive()).isEmpty();
  }

  @Test
  void whatIsMissingMayBeASecretOfTheProject() {
    assertRefused(
        submit(COMPOSE),
        "the database wants one",
        "Set it: --var DB_PASSWORD=VALUE (or --secret DB_PASSWORD).");
  }

  @Test
  void aVariableThatIsNotSetMayBeOneToo() {
    assertThat(submit(COMPOSE.replace(":?the database wants one", "")).err())
        .contains("Set it with --var DB_PASSWORD=VALUE (or --secret DB_PASSWORD), or write");
  }

  @Test
  void anImageMayNotBe() {
    CommandRun run = submit(COMPOSE.replace("acme/tests:1", "acme/tests:${TAG}"));
    assertRefused(run, "the image is not known without TAG");
    assertThat(run.err()).doesNotContain("--secret TAG");
  }

  @Test
  void itsValueIsNeitherWantedNorUsedNorSent() {
    place = place.with("DB_PASSWORD", "of-this-machine");
    String values = place.file("values.env", "DB_PASSWORD=of-the-file\nLEVEL=1\n");
    CommandRun run = submit(COMPOSE, "--secret=DB_PASSWORD", "--var-file=" + values);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("warning");
    assertThat(sent())
        .contains("\"variables\":{\"LEVEL\":\"1\"}")
        .doesNotContain("DB_PASSWORD", "of-this-machine", "of-the-file");
  }

  @Test
  void whatTheProjectGrantsThereIsWhatItGets() {
    ci.functions.tasks.script("tests", exits(0, Duration.ofSeconds(5)));
    ci.functions.tasks.script("audition-stage", exits(0, Duration.ofSeconds(1)));
    ci.functions.tasks.script("audition-keeper", exits(0, Duration.ofSeconds(8)));
    ci.meanwhile =
        () -> {
          ci.functions.takeAll();
          ci.functions.advance(Duration.ofMinutes(1));
        };
    String[] words = {"--project=acme/shop", "--secret=DB_PASSWORD", "--wait"};
    assertRefused(
        submit(COMPOSE, words),
        "nothing was sent: acme/shop grants its runs no secret DB_PASSWORD there (it has none)",
        "audition grants acme/shop --stack ci --set-secret DB_PASSWORD=ARN");

    String set = "--set-secret=DB_PASSWORD=" + ARN;
    assertThat(ci.type(place, "grants", "acme/shop", "--stack=ci", set).exitCode()).isZero();

    CommandRun run = submit(COMPOSE, words);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void aNameThatTheProjectDoesNotListIsRefusedBeforeAnythingIsSent() {
    assertRefused(
        submit(
            COMPOSE.replace("fast", "\"${NOBODYS:-}\""),
            "--secret=NOBODYS",
            "--secret=DB_PASSWORD"),
        "no secret NOBODYS there (there are: CHANNEL, DB_PASSWD, DB_PASSWORD)");
  }

  @Test
  void whoMayNotSeeWhatIsListedMayStillAsk() {
    ci.account.refuse("GetItem", 400, "AccessDeniedException", "User ann is not authorized");
    ci.table = ci.account::access;
    CommandRun run = submit(COMPOSE, "--secret=DB_PASSWORD");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(sent()).doesNotContain("DB_PASSWORD");
  }

  @Test
  void aSecretInTheMiddleOfAValueIsRefusedHere() {
    assertRefused(
        submit(
            COMPOSE.replace("PGPASSWORD: \"", "URL: \"postgres://shop:"), "--secret=DB_PASSWORD"),
        "compose.yaml:3",
        "the secret DB_PASSWORD is only a part of the value");
  }

  @Test
  void theLineToPasteKeepsTheNames() {
    assertRefused(
        submit(COMPOSE.replace("acme/tests:1", "${IMAGE:?}"), "--secret=DB_PASSWORD"),
        "audition submit --stack ci --secret DB_PASSWORD ",
        "--var IMAGE=VALUE");
  }

  @Test
  void aNameThatNothingMentionsIsWarnedAbout() {
    CommandRun run = submit(COMPOSE, "--secret=DB_PASSWORD", "--secret=DB_PASSWD");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("--secret DB_PASSWD: the file mentions no variable of that name")
        .contains("Did you mean DB_PASSWORD?")
        .doesNotContain("--secret DB_PASSWORD:");
  }

  @Test
  void hooksMentionSecretsByTheirNames() {
    String hooks =
        """
          candidates: [tests]
          hooks: {on_fail: {notify: [{slack: {url_from: CHANNEL}}]}}
        """;
    CommandRun run =
        submit(
            COMPOSE.replace(" {candidates: [tests]}\n", "\n" + hooks),
            "--secret=CHANNEL",
            "--secret=DB_PASSWORD");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("mentions no variable");
  }

  @Test
  void aFileThatIsSentAndHasItsValueIsWarnedAbout() {
    String _ = place.file("shop/.env", "DB_PASSWORD=of-the-file\n");
    CommandRun run = submit(COMPOSE, "--secret=DB_PASSWORD");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("shop/.env has a value for DB_PASSWORD, and the file is sent")
        .doesNotContain("of-the-file");
  }

  @Test
  void aValueForTheRunContradictsIt() {
    assertRefused(
        submit(COMPOSE, "--secret=DB_PASSWORD", "--var=DB_PASSWORD=x"),
        "--secret DB_PASSWORD and --var DB_PASSWORD",
        "leave one of them out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ST", "db-password", "", "a b", "DB_PASSWORD=hunter2"})
  void aNameIsAVariables(String name) {
    CommandRun run = submit(COMPOSE, "--secret", name);
    assertRefused(run, "--secret: \"", "is not the name of a variable");
    assertThat(run.err()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 3"})
  void pipelinesTakeThemAsWell(boolean named, int exitCode) {
    String pipeline =
        place.file(
            "shop/codefresh.yml",
            """
            version: '1.0'
            steps:
              it:
                type: composition
                composition: {version: '2', services: {db: {image: acme/db}}}
                composition_candidates:
                  unit: {image: acme/unit, command: run, environment: ['P=${DB_PASSWORD:?}']}
            """);
    CommandRun run =
        named
            ? ci.type(place, "submit", pipeline, "--stack=ci", "--secret=DB_PASSWORD")
            : ci.type(place, "submit", pipeline, "--stack=ci");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
  }
}
