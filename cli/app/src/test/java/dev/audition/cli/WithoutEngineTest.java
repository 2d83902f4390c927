package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works on a machine without an engine and before the first run, and what says so. */
class WithoutEngineTest {
  @TempDir Path folder;
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--json", "--quiet", "--keep"})
  void aRunSaysThatThereIsNoEngineAndWhatToDo(String option) {
    String path = place.example("quickstart");
    CommandRun run = option.isEmpty() ? place.type("run", path) : place.type("run", path, option);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("no Docker engine at /nonexistent (DOCKER_HOST)")
        .contains("audition doctor", "DOCKER_HOST")
        .doesNotContain("\tat ", "Exception");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theDoctorNamesTheProblemAndTheRemedy() {
    CommandRun run = place.type("doctor");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("no Docker engine at /nonexistent", "Start the engine");
  }

  @Test
  void noRunsYetIsNoError() {
    CommandRun run = place.type("runs");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("No runs yet.").contains("audition run", "audition demo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"show", "show --json", "show 12", "logs", "logs db", "rm", "cancel", "exec db"})
  void whatNeedsARunSaysThatThereIsNone(String line) {
    CommandRun run = place.type(line.split(" "));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo("audition: there are no runs yet: start one with `audition run`\n");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void removingAllOfNoRunsIsNoError() {
    assertThat(place.type("rm", "--all").exitCode()).isZero();
  }

  @Test
  void aRefusedRunIsOneJsonDocumentOnStdoutAndTheRestOnStderr() {
    CommandRun run = place.type("run", place.example("two-services-one-port"), "--json");
    assertThat(run.exitCode()).isEqualTo(3);
    Mapping document = (Mapping) JsonReader.read(run.out(), "stdout");
    assertThat(((Scalar) document.find("verdict").orElseThrow()).text()).isEqualTo("REFUSED");
    assertThat(run.err()).contains("refused: two-services-one-port/compose.yaml:").contains("6379");
  }

  @Test
  void aRefusedRunIsKeptAndCanBeShownListedAndRemoved() {
    assertThat(place.type("run", place.example("two-services-one-port")).exitCode()).isEqualTo(3);
    assertThat(place.type("runs").out()).contains("REFUSED", "two-services-one-port/compose.yaml");
    CommandRun show = place.type("show");
    assertThat(show.exitCode()).isZero();
    assertThat(show.out()).startsWith("REFUSED").contains("6379");
    assertThat(place.type("show", "nothing-like-it").err())
        .contains("there is no run \"nothing-like-it\": `audition runs` lists them");
    assertThat(place.type("cancel").err()).contains("has ended already");
    Mapping document = (Mapping) JsonReader.read(place.type("show", "--json").out(), "stdout");
    assertThat(document.find("refusals").orElseThrow().toString()).contains("6379");
  }

  @Test
  void quietPrintsTheVerdictAloneAndTheRefusal() {
    CommandRun run = place.type("run", place.example("two-services-one-port"), "--quiet");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("REFUSED  two-services-one-port/compose.yaml", "6379");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void planningLeavesNothingBehind() {
    assertThat(place.type("plan", place.example("quickstart")).exitCode()).isZero();
    assertThat(Files.exists(folder.resolve("state/audition/runs"))).isFalse();
  }
}
