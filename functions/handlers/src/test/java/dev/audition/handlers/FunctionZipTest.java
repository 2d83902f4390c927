package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.sqs.Queue;
import dev.audition.aws.sqs.ReceivedMessage;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed starts, decodes and answers under Lambda's own runtime client. */
final class FunctionZipTest {
  private static final long MOST_BYTES = 18_000_000;

  private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";

  @TempDir private static Path folder;
  private static LocalServices services;

  @BeforeAll
  static void unpack() throws IOException {
    FunctionProcess.unpack(folder);
    services = new LocalServices();
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  private static FunctionProcess start(String handler, RuntimeApi api) throws IOException {
    return FunctionProcess.start(folder, handler, api, services.environment());
  }

  @Test
  void itIsSmallEnough() throws IOException {
    assertThat(Files.size(FunctionProcess.zip())).isLessThan(MOST_BYTES);
  }

  @Test
  void aRunRequestIsTakenAndAnUnreadableOneParked() throws IOException {
    try (RuntimeApi api = new RuntimeApi();
        FunctionProcess function = start("RunRequestHandler", api)) {
      assertThat(api.invoke(services.unreadable("AUDITION_RUN_REQUESTS_URL")))
          .as(function.output())
          .isEqualTo(NOTHING_FAILED);
      assertThat(api.invoke(LocalServices.batch(Deployment.request("r-1", ""), "none")))
          .as(function.output())
          .isEqualTo(NOTHING_FAILED);
      assertThat(function.output()).contains("moved to the dead letters").contains("request taken");
    }
    assertThat(parked("AUDITION_RUN_REQUESTS_DEAD_URL")).contains("not JSON");
    Run run = store().load(new RunId("r-1")).orElseThrow();
    assertThat(run.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** Return why the message that nobody can read was put aside. */
  private static String parked(String variable) {
    ReceivedMessage parked = services.queue(variable).receive(1, Duration.ofSeconds(5)).getFirst();
    assertThat(parked.body()).isEqualTo("no request");
    return Objects.requireNonNull(parked.attributes().get(Queue.REASON));
  }

  private static DynamoRunStore store() {
    return new DynamoRunStore(
        LocalDynamo.access(),
        Objects.requireNonNull(services.environment().get("AUDITION_TABLE")),
        Duration.ofDays(1),
        InstantSource.system());
  }

  @Test
  void aTaskEventOfNobodyIsDoneWithAndAnUnreadableOneParked() throws IOException {
    try (RuntimeApi api = new RuntimeApi();
        FunctionProcess function = start("TaskEventHandler", api)) {
      assertThat(api.invoke(services.taskEvent())).as(function.output()).isEqualTo(NOTHING_FAILED);
      assertThat(api.invoke(services.unreadable("AUDITION_TASK_EVENTS_URL")))
          .as(function.output())
          .isEqualTo(NOTHING_FAILED);
    }
    assertThat(parked("AUDITION_TASK_EVENTS_DEAD_URL")).contains("message:1:1");
  }

  @Test
  void aSweepAnswersWithWhatItDid() throws IOException {
    try (RuntimeApi api = new RuntimeApi();
        FunctionProcess function = start("SweepHandler", api)) {
      assertThat(api.invoke("{\"source\":\"aws.events\"}"))
          .as(function.output())
          .contains("\"failed\":0");
    }
  }

  @Test
  void aNotificationThatCannotBeReadComesBack() throws IOException {
    try (RuntimeApi api = new RuntimeApi();
        FunctionProcess function = start("HookHandler", api)) {
      assertThat(api.invoke(LocalServices.batch("no hook", "none")))
          .as(function.output())
          .contains("m-1");
    }
  }
}
