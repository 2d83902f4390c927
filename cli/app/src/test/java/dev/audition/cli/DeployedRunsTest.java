package dev.audition.cli;

import static dev.audition.core.testkit.ContainerScript.exits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.testkit.LocalLogs;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskState;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code runs}, {@code show}, {@code logs} and {@code cancel} of a deployment. */
class DeployedRunsTest {
  private static final String COMPOSE =
      """
      x-audition: {candidates: [tests]}
      services:
        my-database: {image: 'acme/db:1'}
        tests: {image: 'acme/tests:1', depends_on: [my-database]}
      """;

  @TempDir Path folder;
  private final DeploymentStandIn ci = new DeploymentStandIn();
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
    ci.functions.tasks.script("audition-stage", exits(0, Duration.ofSeconds(1)));
    ci.functions.tasks.script("audition-keeper", exits(0, Duration.ofSeconds(8)));
    ci.functions.tasks.script("tests", exits(1, Duration.ofSeconds(5)));
  }

  @AfterEach
  void leave() {
    ci.close();
  }

  private CommandRun type(String... words) {
    return ci.type(place, words);
  }

  /** Ask for a run that is begun. */
  private String begun() {
    CommandRun run =
        type("submit", place.file("shop/compose.yaml", COMPOSE), "--stack", "ci", "--quiet");
    assertThat(run.exitCode()).as(run.err()).isZero();
    ci.functions.takeAll();
    return run.out().strip();
  }

  private void end() {
    ci.functions.advance(Duration.ofMinutes(1));
  }

  @Test
  void runsAreListedAndOneIsShown() {
    String id = begun();
    assertThat(type("runs", "--stack", "ci").out()).contains(id, "running", "compose.yaml");
    end();
    CommandRun runs = type("runs", "--stack", "ci");
    assertThat(runs.exitCode()).isZero();
    assertThat(runs.out()).contains(id, "FAILED");

    CommandRun shown = type("show", "--stack", "ci", "--json");
    Mapping document = (Mapping) JsonReader.read(shown.out(), "stdout");
    assertThat(((Scalar) document.find("runId").orElseThrow()).text()).isEqualTo(id);
    assertThat(((Scalar) document.find("verdict").orElseThrow()).text()).isEqualTo("FAILED");
    assertThat(document.keys())
        .contains("reason", "steps", "warnings", "timing", "hooks", "annotations");
    assertThat(type("show", "--stack", "ci", "--json", id.substring(9))).isEqualTo(shown);
  }

  @Test
  void showEndsInTheLastLinesOfTheGuiltyContainer() {
    Logs logs = new Logs();
    String id = begun();
    logs.write(run(id), "tests", "one", "two");
    end();
    CommandRun shown = type("show", "--stack", "ci", id);
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).contains("last lines of tests:\n      | one\n      | two\n");
  }

  @Test
  void aReportIsShownWithoutLinesThatMayNotBeRead() {
    String id = begun();
    end();
    ci.logs = ci.account::access;
    ci.account.refuse("GetLogEvents", 400, "AccessDeniedException", "not for you");
    CommandRun shown = type("show", "--stack", "ci", id);
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).startsWith("FAILED").contains("not for you");
  }

  @Test
  void noRunsYetSaysHowToBegin() {
    assertThat(type("runs", "--stack", "ci").exitCode()).isZero();
    assertThat(type("runs", "--stack", "ci").out()).contains("audition submit --stack ci");
    CommandRun show = type("show", "--stack", "ci");
    assertThat(show.exitCode()).isEqualTo(3);
    assertThat(show.err())
        .isEqualTo(
            "audition: there are no runs yet: ask for one with `audition submit --stack ci`\n");
  }

  @Test
  void aRegionWithoutAStackIsNoDeployment() {
    CommandRun run = type("runs", "--region", "eu-central-1");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("give --stack, too");
  }

  @Test
  void cancelEndsARun() {
    String id = begun();
    CommandRun cancel = type("cancel", "--stack", "ci", id);
    assertThat(cancel.exitCode()).isZero();
    assertThat(cancel.err()).isEqualTo("asked " + id + " to end\n");
    ci.functions.takeAll();
    end();
    assertThat(type("show", "--stack", "ci", id).out())
        .startsWith("CANCELLED")
        .contains("cancelled by audition cancel");
    assertThat(type("cancel", "--stack", "ci", id).err()).contains("has ended already");
    assertThat(type("cancel", "--stack", "ci", "nothing-like-it").exitCode()).isEqualTo(3);
  }

  @Test
  void logsHaveTheNamesOfTheFileAndEndWhereTheyEnd() {
    Logs logs = new Logs();
    String id = begun();
    logs.write(run(id), "my-database", "ready");
    logs.write(run(id), "tests", "one", "two");
    logs.write(run(id), "audition-keeper", "watching");
    CommandRun all = type("logs", "--stack", "ci");
    assertThat(all.exitCode()).as(all.err()).isZero();
    assertThat(all.out()).isEqualTo("my-database | ready\ntests       | one\ntests       | two\n");
    assertThat(type("logs", "--stack", "ci", "tests").out()).isEqualTo("one\ntwo\n");
    assertThat(type("logs", "--stack", "ci", id, "audition-keeper").out()).isEqualTo("watching\n");
    CommandRun none = type("logs", "--stack", "ci", id, "nobody");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("no output of \"nobody\"", "my-database", "tests");
  }

  @Test
  void followedLogsEndAWhileAfterTheVerdict() {
    Logs logs = new Logs();
    String id = begun();
    logs.write(run(id), "tests", "early");
    int[] looks = {0};
    ci.meanwhile =
        () -> {
          switch (looks[0]++) {
            case 0 -> logs.write(run(id), "tests", "as it grows");
            case 1 -> end();
            case 3 -> logs.write(run(id), "tests", "late");
            default -> {}
          }
        };
    CommandRun followed = type("logs", "-f", "--stack", "ci", id);
    assertThat(followed.exitCode()).as(followed.err()).isZero();
    assertThat(followed.out())
        .isEqualTo("tests       | early\ntests       | as it grows\ntests       | late\n");
  }

  @Test
  void followingARunThatWasJustAskedForWaitsForIt() {
    Logs _ = new Logs();
    String id =
        type("submit", place.file("shop/compose.yaml", COMPOSE), "--stack", "ci", "-q")
            .out()
            .strip();
    ci.meanwhile =
        () -> {
          ci.functions.takeAll();
          end();
        };
    CommandRun followed = type("logs", "-f", "--stack", "ci", id);
    assertThat(followed.exitCode()).as(followed.err()).isZero();
    assertThat(followed.err()).isEqualTo("waiting until ci has taken " + id + "\n");
  }

  private Run run(String id) {
    return ci.open("ci", DeploymentStandIn.REGION).runs().load(new RunId(id)).orElseThrow();
  }

  /** What containers write, by the names of the file. */
  private final class Logs {
    private final LocalLogs written =
        new LocalLogs("logs of a deployment", Instant.now().minusSeconds(60));

    Logs() {
      ci.account.outputs.put("TaskLogGroup", written.group());
    }

    void write(Run run, String service, String... lines) {
      TaskState task = run.steps().getFirst().tasks().getFirst();
      String container =
          task.containers().stream()
              .filter(shape -> shape.service().equals(service))
              .findFirst()
              .orElseThrow()
              .name();
      written.write(Objects.requireNonNull(task.launch().arn()), container, lines);
    }
  }
}
