package dev.audition.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.audition.acceptance.ExampleRuns.ExampleRun;
import dev.audition.cli.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each folder of {@code examples/} as a user does, on the real engine. */
@Tag("docker")
class ExamplesTest {
  private static final Path SCHEMA = ExampleRuns.PROJECT.resolve("events/run-report.schema.json");

  @SuppressWarnings("NullAway.Init") // made before all tests
  private static ExampleRuns runs;

  /**
   * What an example promises.
   *
   * @param containers each container's part, outcome and exit code; {@code -} is none
   * @param reasons what the reason says, among other things
   * @param order moments of the time line, in this order
   * @param shown what the person who ran it sees, among other things
   */
  record Example(
      String folder,
      int exitCode,
      String verdict,
      List<String> containers,
      List<String> reasons,
      List<String> order,
      List<String> shown) {

    static Example passed(String folder, String... containers) {
      return new Example(folder, 0, "PASSED", List.of(containers), List.of(), List.of(), List.of());
    }

    static Example failed(String folder, String... containers) {
      return new Example(folder, 1, "FAILED", List.of(containers), List.of(), List.of(), List.of());
    }

    Example because(String... reasons) {
      return new Example(folder, exitCode, verdict, containers, List.of(reasons), order, shown);
    }

    Example inOrder(String... order) {
      return new Example(folder, exitCode, verdict, containers, reasons, List.of(order), shown);
    }

    Example showing(String... shown) {
      return new Example(folder, exitCode, verdict, containers, reasons, order, List.of(shown));
    }
  }

  private static final List<Example> EXAMPLES =
      List.of(
          Example.passed("quickstart", "candidate tests exited 0", "service database stopped -")
              .because("tests exited 0")
              .showing("PASSED  "),
          Example.passed("redis", "candidate sut exited 0", "service redis stopped -")
              .showing("the values came back as they went in"),
          Example.passed(
              "app-and-database",
              "candidate tests exited 0",
              "service database stopped -",
              "service app stopped -"),
          Example.passed(
                  "two-candidates",
                  "candidate counters exited 0",
                  "candidate lists exited 0",
                  "service redis stopped -")
              .because("counters exited 0", "lists exited 0")
              .showing("counters count", "lists keep their order"),
          Example.passed("merge", "candidate test_service exited 0", "service store stopped -"),
          Example.passed(
                  "single-file-mount", "candidate tests exited 0", "service database stopped -")
              .showing("planets: 3"),
          Example.passed(
                  "one-shot",
                  "candidate tests exited 0",
                  "service database stopped -",
                  "service migration exited 0")
              .inOrder("database ready", "migration exited 0", "tests started")
              .showing("(1 row)"),
          Example.passed("service-dies", "candidate tests exited 0", "service helper exited 3")
              .because("tests exited 0", "helper exited 3", "decides nothing")
              .inOrder("helper exited 3", "tests exited 0")
              .showing("helper exited 3", "ran to the end"),
          Example.failed("failing", "candidate tests exited 7", "service redis stopped -")
              .because("tests exited 7")
              .showing("price: expected 9.95, but was 9.90"),
          Example.failed("not-ready", "candidate tests never-started -", "service app unhealthy -")
              .because("tests never started", "app is unhealthy", "no licence yet")
              .showing("waiting for a licence"),
          Example.failed("oom", "candidate tests out-of-memory 137", "service helper stopped -")
              .because("tests ran out of memory", "64 MiB"),
          Example.failed("app-crashes", "candidate tests never-started -", "service app exited 78")
              .because("tests never started", "app exited 78")
              .showing("app.conf, line 3: no such key"),
          new Example(
              "timeout",
              4,
              "TIMED_OUT",
              List.of("candidate tests stopped -", "service helper stopped -"),
              List.of("did not end within 3 s", "tests was still running"),
              List.of(),
              List.of("waiting for an answer")));

  @BeforeAll
  static void prepare() {
    runs = new ExampleRuns();
  }

  @AfterAll
  static void removeState() {
    runs.close();
  }

  static Stream<Arguments> examples() {
    return EXAMPLES.stream().map(example -> argumentSet(example.folder(), example));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void endsAsItPromises(Example example) {
    ExampleRun run = runs.run(example.folder());
    assertThat(run.document().verdict()).as(run.command().err()).isEqualTo(example.verdict());
    assertThat(run.command().exitCode()).isEqualTo(example.exitCode());
    assertThat(run.document().containers())
        .as(run.command().err())
        .containsExactlyInAnyOrderElementsOf(example.containers());
    assertThat(example.reasons())
        .allSatisfy(part -> assertThat(run.document().reason()).contains(part));
    assertThat(run.document().timeline())
        .filteredOn(example.order()::contains)
        .isEqualTo(example.order());
    assertThat(example.shown()).allSatisfy(part -> assertThat(run.command().err()).contains(part));
    assertThat(run.document().schemaErrors(SCHEMA)).as(run.command().out()).isEmpty();
  }

  @Test
  void twoServicesOnOnePortAreRefusedAndNothingStarts() {
    ExampleRun run = runs.run("two-services-one-port");
    assertThat(run.command().exitCode()).isEqualTo(3);
    assertThat(run.document().verdict()).isEqualTo("REFUSED");
    assertThat(run.document().refusals())
        .singleElement()
        .asString()
        .contains("compose.yaml:", "sessions", "cache", "6379", "Let cache listen on another port");
    assertThat(run.document().reason()).contains("sessions", "cache", "6379");
    assertThat(run.document().containers())
        .allSatisfy(container -> assertThat(container).endsWith("waiting -"));
    assertThat(run.document().timeline()).noneMatch(line -> line.endsWith("started"));
    assertThat(run.document().schemaErrors(SCHEMA)).isEmpty();
  }

  @Test
  void notifyTellsItsReceiverOnceSignedOrSaysThatNobodyTookIt() {
    runs.set("NOTIFY_SECRET", "only for this test");
    try (Receiver receiver = new Receiver()) {
      runs.set("NOTIFY_URL", receiver.url());
      ExampleRun run = runs.run("notify", "--allow-private-hooks");
      assertThat(run.command().exitCode()).as(run.command().err()).isZero();
      assertThat(receiver.received()).hasSize(1);
      assertThat(receiver.received().getFirst().signedWith("only for this test")).isTrue();
      assertThat(receiver.received().getFirst().body())
          .contains("\"verdict\":\"PASSED\"", "\"key\":\"suite\",\"value\":\"greetings\"");
      assertThat(run.command().err()).containsSubsequence("PASSED", "delivered");
      assertThat(run.document().schemaErrors(SCHEMA)).as(run.command().out()).isEmpty();
      ExampleRun refused = runs.run("notify");
      assertThat(refused.command().exitCode()).isZero();
      assertThat(refused.command().err()).contains("only https is posted to");
      assertThat(receiver.received()).hasSize(1);
    }
  }

  /** The candidate asks once: had it started too early, this would fail most of the time. */
  @RepeatedTest(3)
  void twoPhaseStartWaitsForTheRightPort() {
    twoPhaseStart();
  }

  @Tag("slow")
  @RepeatedTest(20)
  void twoPhaseStartWaitsForTheRightPortTwentyTimesOfTwenty() {
    twoPhaseStart();
  }

  private static void twoPhaseStart() {
    ExampleRun run = runs.run("two-phase-start");
    assertThat(run.command().exitCode()).as(run.command().err()).isZero();
    assertThat(run.document().containers())
        .containsExactlyInAnyOrder("candidate tests exited 0", "service server stopped -");
    assertThat(run.document().timeline()).containsSubsequence("server ready", "tests started");
  }

  /**
   * Same service, same port, same names, same folder: each has a network and a hosts file of its
   * own.
   */
  @Test
  void twoOfThemAtOnceDoNotClash() throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ExampleRun> first = threads.submit(() -> runs.run("quickstart"));
      Future<ExampleRun> second = threads.submit(() -> runs.run("quickstart"));
      Future<ExampleRun> third = threads.submit(() -> runs.run("failing"));
      assertThat(first.get().command().exitCode()).as(first.get().command().err()).isZero();
      assertThat(second.get().command().exitCode()).as(second.get().command().err()).isZero();
      assertThat(third.get().command().exitCode()).as(third.get().command().err()).isEqualTo(1);
      assertThat(first.get().document().runId()).isNotEqualTo(second.get().document().runId());
      assertThat(first.get().document().startedAt()).isBefore(second.get().document().endedAt());
      assertThat(second.get().document().startedAt()).isBefore(first.get().document().endedAt());
    }
  }

  @Test
  void everyFolderOfTheExamplesIsTested() throws IOException {
    try (Stream<Path> folders = Files.list(ExampleRuns.PROJECT.resolve("examples"))) {
      assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      EXAMPLES.stream().map(Example::folder),
                      Stream.of("two-services-one-port", "two-phase-start", "notify"))
                  .toList());
    }
  }
}
