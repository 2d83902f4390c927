package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees who types something wrong, or asks for help. */
class UsageTest {
  @TempDir Path folder;
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rnu            | there is no command rnu. Did you mean run?    | audition --help",
        "pln            | there is no command pln. Did you mean plan?   | audition --help",
        "frobnicate     | There are: run, plan, runs, show, logs, exec, | audition --help",
        "run --candidat=x | no option --candidat=x. Did you mean --candidate? | run --help",
        "plan --jsn     | audition plan has no option --jsn. Did you mean --json? | plan --help",
        "plan --zzz     | audition plan has no option --zzz              | plan --help",
        "runs now       | audition runs takes no more words, and there is \"now\" | runs --help",
        "plan a b c     | there is \"b\", \"c\"                         | plan --help",
        "exec           | Missing required parameter: 'CONTAINER'        | exec --help",
        "run --image x  | '--image' (NAME=REF) should be in KEY=VALUE    | run --help",
        "run --step     | Missing required parameter for option '--step' | run --help"
      })
  void aWrongCommandLineExitsWithThreeAndAHint(String line, String message, String hint) {
    CommandRun run = place.type(line.split(" "));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).startsWith("audition: ").contains(message).contains(hint);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void noCommandAtAllNamesThem() {
    CommandRun run = place.type();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("run, plan, runs", "audition --help").doesNotContain("train");
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5m", "0s", "10"})
  void aTimeoutIsADuration(String timeout) {
    CommandRun run = place.type("run", "--timeout=" + timeout, folder.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("--timeout: \"" + timeout + "\" is not a duration (expected: 90s, 10m, 1h30m)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "plan",
        "runs",
        "show",
        "logs",
        "exec",
        "rm",
        "cancel",
        "submit",
        "pause",
        "resume",
        "drain",
        "grants",
        "doctor",
        "demo",
        "completion"
      })
  void everyCommandHasHelpWithExamplesOnStdout(String command) {
    CommandRun run = place.type(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: audition " + command);
    assertThat(run.out().substring(run.out().indexOf("Examples:"))).contains("audition " + command);
    assertThat(run.err()).isEmpty();
    assertThat(place.type("help", command)).isEqualTo(run);
  }

  @Test
  void helpNamesEveryCommandWithAnExampleAndTheExitCodes() {
    CommandRun run = place.type("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("run ", "plan ", "runs ", "show ", "logs ", "exec ", "rm ", "cancel ")
        .contains("doctor ", "demo ", "completion ", "submit ")
        .contains("audition run codefresh.yml --step")
        .contains("0 passed, 1 failed, 2 errored", "3 refused or wrong usage", "4 timed out")
        .doesNotContain("train");
    assertThat(place.type("-h")).isEqualTo(run);
  }

  @Test
  void theVersionIsPrinted() {
    CommandRun run = place.type("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("audition ");
  }

  @Test
  void theCompletionKnowsCommandsAndOptions() {
    CommandRun run = place.type("completion");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("--candidate", "--task-definition", "complete -F _complete_audition")
        .contains(
            "_picocli_audition_submit",
            "_picocli_audition_grants",
            "--stack",
            "--wait",
            "--set-secret");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aBugOfOursSaysHowToReportItAndExitsWithTwo() {
    CommandRun run =
        CommandRun.with(
            place.environment(),
            () -> {
              throw new IllegalStateException("gate: missing (expected: one)");
            },
            "runs");
    assertBug(run, "java.lang.IllegalStateException: gate: missing (expected: one)");
  }

  @Test
  void anErrorOfTheVirtualMachineIsABugToo() {
    CommandRun run =
        CommandRun.with(
            place.environment(),
            () -> {
              throw new StackOverflowError("deep");
            },
            "runs");
    assertBug(run, "java.lang.StackOverflowError: deep");
  }

  private static void assertBug(CommandRun run, String trace) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("audition: this is a bug in Audition, not in your files.")
        .contains("Please report it", "CONTRIBUTING.md", "Java " + Runtime.version())
        .contains(trace, "at dev.audition.cli.");
    assertThat(run.out()).isEmpty();
    assertThat(Place.PROJECT.resolve("CONTRIBUTING.md")).exists();
  }
}
