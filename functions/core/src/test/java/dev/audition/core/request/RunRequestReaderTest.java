package dev.audition.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.expression.Variables;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.request.RunRequestReader.Outcome;
import dev.audition.core.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunRequestReaderTest {
  private static final Path EVENTS =
      Path.of(System.getProperty("audition.project", "../.."), "events");
  private static final String LEAST =
      """
      {"schema": 1, "runId": "r-1", "project": "shop",
       "source": {"archive": "runs/r-1/source.zip", "name": "shop"}}\
      """;

  private static RunRequest accepted(String json) {
    return switch (RunRequestReader.read(json)) {
      case Outcome.Accepted(RunRequest request) -> request;
      case Outcome.Rejected rejected -> throw new AssertionError(rejected.reasons());
    };
  }

  private static String rejected(String json) {
    return switch (RunRequestReader.read(json)) {
      case Outcome.Accepted(RunRequest request) -> throw new AssertionError("taken: " + request);
      case Outcome.Rejected rejected -> rejected.reasons();
    };
  }

  private static String with(String field) {
    return LEAST.substring(0, LEAST.length() - 1) + ", " + field + "}";
  }

  @Nested
  class Accepting {
    @Test
    void theSampleIsReadWithAllItSays() throws IOException {
      RunRequest request = accepted(Files.readString(EVENTS.resolve("run-request.json")));
      assertThat(request.runId()).isEqualTo(new RunId("20261120-1142-shop-x7k2"));
      assertThat(request.project()).isEqualTo("acme/shop");
      assertThat(request.files()).containsExactly("codefresh.yml");
      assertThat(request.values().images()).containsKey("build_app");
      assertThat(request.values().git()).containsEntry("CF_BRANCH", "main");
      assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(30));
      assertThat(request.queueTimeout()).isEqualTo(Duration.ofHours(2));
      assertThat(request.skipUnsupported()).isTrue();
      assertThat(request.requestedBy()).isEqualTo("audition submit");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
      for (String sample : List.of("run-request.json", "run-request-compose.json")) {
        RunRequest request = accepted(Files.readString(EVENTS.resolve(sample)));
        assertThat(accepted(RunRequestJson.write(request))).isEqualTo(request);
      }
    }

    @Test
    void theRootIsLookedThroughWhereNoFileIsNamed() {
      RunRequest request = accepted(LEAST);
      assertThat(request.files()).containsExactly(".");
      assertThat(request.absolute(".")).isEqualTo("/workspace/shop");
      assertThat(request.timeout()).isNull();
      assertThat(request.queueTimeout()).isNull();
      assertThat(request.source().workspace()).isEmpty();
    }

    @Test
    void variablesKeepTheirOriginForTheReader() {
      RunRequest request =
          accepted(
              with(
                  """
                  "variables": {"A": "given"}, "git": {"CF_BRANCH": "main"},
                  "environment": {"A": "caller", "TOKEN": "of the caller"}\
                  """));
      SequencedMap<String, String> secrets = new LinkedHashMap<>();
      secrets.put("TOKEN", "stands for it");
      secrets.put("A", "weaker than what was given");
      ProjectRequest project =
          request
              .accepted(Instant.ofEpochMilli(1_700_000_000_000L))
              .projectRequest(List.of("/workspace/shop/compose.yml"), secrets);
      assertThat(project.variables().find("A")).contains("given");
      assertThat(project.variables().sources())
          .extracting(Variables.Source::name)
          .containsExactly(
              "--var", "the project's secrets", ProjectRequest.ENVIRONMENT, ProjectRequest.GIT);
      assertThat(project.variables().find("TOKEN")).contains("stands for it");
      assertThat(project.variables().find("CF_BUILD_ID")).contains("r-1");
      assertThat(project.variables().find("CF_BUILD_TIMESTAMP")).contains("1700000000000");
      assertThat(project.branch()).isEqualTo("main");
      assertThat(project.workspace().root()).isEqualTo("/workspace/shop");
    }

    @Test
    void aPullRequestFromAForkIsKnownByCodefreshsName() {
      assertThat(accepted(with("\"git\": {\"CF_PULL_REQUEST_IS_FORK\": \"true\"}")).fromFork())
          .isTrue();
      assertThat(accepted(with("\"git\": {\"CF_PULL_REQUEST_IS_FORK\": \"false\"}")).fromFork())
          .isFalse();
      assertThat(accepted(with("\"git\": {\"CF_BRANCH\": \"main\"}")).fromFork()).isFalse();
    }

    @Test
    void valuesAreNotShownByMistake() {
      assertThat(accepted(with("\"variables\": {\"TOKEN\": \"hush\"}")).toString())
          .contains("TOKEN")
          .doesNotContain("hush");
    }
  }

  @Nested
  class Rejecting {
    @Test
    void everyReasonIsToldAtOnce() {
      String reasons =
          rejected(
              """
              {"schema": 1, "runId": "Not An Id", "source": {"archive": "/etc/passwd"},
               "file": "../up.yml", "timeoutSeconds": 0, "skipUnsupported": "yes",
               "candidate": ["a"], "profiles": "ci"}\
              """);
      assertThat(reasons)
          .contains("runId: \"Not An Id\"")
          .contains("project: is missing")
          .contains("source.archive: \"/etc/passwd\"")
          .contains("source.name: is missing")
          .contains("file: \"../up.yml\"")
          .contains("timeoutSeconds")
          .contains("skipUnsupported")
          .contains("Did you mean candidates?")
          .contains("profiles: \"ci\" is not what is taken here (expected: a list of texts)")
          .contains("run request:1:");
    }

    @Test
    void aLaterSchemaIsNotGuessedAt() {
      assertThat(rejected("{\"schema\": 2, \"run\": {}}"))
          .contains("another release wrote the message")
          .doesNotContain("project");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "{", "[]", "null", "\"text\"", "{\"schema\": 1, \"schema\": 1}", "{}", "7"})
    void whatIsNoRequestIsToldAsSuch(String text) {
      assertThat(rejected(text)).isNotEmpty();
    }

    @Test
    void aMessageBeyondWhatAQueueCarriesIsNotLookedAt() {
      assertThat(rejected(" ".repeat(RunRequestReader.MOST_BYTES + 1)))
          .contains("longer than 320 KiB");
    }

    @Test
    void deepNestingIsToldAndNotFollowed() {
      assertThat(rejected("[".repeat(100_000))).contains("not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/abs", "a/../b", "..", "a//b", "a/", "./a", "a\\\\b", "a\\u0000b", ""})
    void pathsStayInsideOfTheSource(String path) {
      assertThat(rejected(with("\"file\": \"" + path + "\""))).contains("file");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "a", "a/b.yml", ".codefresh/codefresh.yml", "..a/b", "a b/ü.yml"})
    void pathsOfTheSourceAreTaken(String path) {
      assertThat(accepted(with("\"file\": \"" + path + "\"")).files()).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"r-1/source.zip", "runs/r-1/../x.zip", "runs/r-1/a.tar", "runs/r-2/source.zip"})
    void keysStayBelowTheRun(String key) {
      assertThat(rejected(LEAST.replace("runs/r-1/source.zip", key))).contains("source.archive");
    }

    @Test
    void oneFileOrSeveralAndNotBoth() {
      assertThat(rejected(with("\"file\": \"a\", \"files\": [\"b\"]"))).contains("one of the two");
    }

    @Test
    void aValueThatIsWrongIsNotRepeated() {
      assertThat(rejected(with("\"variables\": {\"TOKEN\": \"hush\\u0000\", \"N\": 12345}")))
          .contains("variables.TOKEN: its value")
          .contains("variables.N: its value")
          .doesNotContain("hush")
          .doesNotContain("12345");
    }

    @Test
    void tooManyEntriesAreTold() {
      StringBuilder many = new StringBuilder("\"A0\": \"\"");
      for (int i = 1; i <= 1000; i++) {
        many.append(", \"A").append(i).append("\": \"\"");
      }
      assertThat(rejected(with("\"variables\": {" + many + "}"))).contains("1001 entries");
    }
  }

  @Test
  void aWorkspaceHasTheNameThatTasksAreTold() {
    String some = LEAST.replace("\"name\"", "\"workspace\": \"runs/r-1/%s.tar.gz\", \"name\"");

    assertThat(accepted(some.formatted("workspace")).source().workspace())
        .isEqualTo("runs/r-1/workspace.tar.gz");
    assertThat(rejected(some.formatted("all")))
        .contains("source.workspace")
        .contains("runs/r-1/workspace.tar.gz");
  }
}
