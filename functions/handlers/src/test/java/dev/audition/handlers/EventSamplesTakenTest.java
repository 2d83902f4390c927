package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.ecs.TaskStateChange;
import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.testkit.LocalAccess;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.request.RunRequestReader;
import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.template.EventSamples;
import dev.audition.handlers.wire.EventSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hands every sample of {@code events/} to the function that it is for, in an empty account. */
final class EventSamplesTakenTest {
  private static final String CLUSTER = "arn:aws:ecs:eu-central-1:111122223333:cluster/audition";
  private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";

  private static LocalServices services;
  private static Wiring wiring;

  @BeforeAll
  static void deploy() throws IOException {
    services = new LocalServices();
    Map<String, String> environment = new HashMap<>(services.environment());
    environment.put("AUDITION_CLUSTER", CLUSTER);
    wiring =
        new Wiring(
            environment,
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            InstantSource.system(),
            new Wiring.Outside(
                EventSamplesTakenTest::access,
                () -> GuardedPost.system(false),
                host -> {
                  throw new IllegalArgumentException("there is no registry " + host);
                }));
  }

  @AfterAll
  static void close() {
    services.close();
  }

  private static AwsAccess access(String region) {
    return AwsAccess.withKeys(region, LocalAccess.ACCESS_KEY_ID, LocalAccess.SECRET_ACCESS_KEY);
  }

  private static List<String> samples() {
    return EventSamples.names();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void comesToWhatIsStated(String sample) throws IOException {
    switch (EventSamples.then(sample)) {
      case "stored" -> stored(sample);
      case "looked-for" -> {
        assertThat(EventSamples.bodies(sample))
            .allSatisfy(body -> assertThat(run(body)).isPresent());
        assertThat(taken(sample, new TaskEventHandler(wiring)::handleRequest))
            .isEqualTo(NOTHING_FAILED);
      }
      case "brought-again" ->
          assertThat(taken(sample, new RunRequestHandler(wiring)::handleRequest))
              .contains("itemIdentifier");
      case "swept" ->
          assertThat(answer(EventSamples.text(sample), new SweepHandler(wiring)::handleRequest))
              .contains("\"failed\":0");
      case "ignored" -> ignored(sample);
      default -> throw new AssertionError(sample + ": then is none of these");
    }
  }

  private static void stored(String sample) throws IOException {
    assertThat(taken(sample, new RunRequestHandler(wiring)::handleRequest))
        .isEqualTo(NOTHING_FAILED);
    DynamoRunStore store =
        new DynamoRunStore(
            LocalDynamo.access(),
            wiring.settings().table(),
            Duration.ofDays(1),
            InstantSource.system());
    for (String body : EventSamples.bodies(sample)) {
      RunRequestReader.Outcome.Accepted accepted =
          (RunRequestReader.Outcome.Accepted) RunRequestReader.read(body);
      assertThat(store.load(accepted.request().runId()).orElseThrow().verdict())
          .isEqualTo(Verdict.REFUSED);
    }
  }

  private static void ignored(String sample) throws IOException {
    if (sample.equals("sqs-hooks.json")) {
      assertThat(taken(sample, new HookHandler(wiring)::handleRequest)).isEqualTo(NOTHING_FAILED);
    } else {
      assertThat(EventSamples.bodies(sample)).allSatisfy(body -> assertThat(run(body)).isEmpty());
      assertThat(taken(sample, new TaskEventHandler(wiring)::handleRequest))
          .isEqualTo(NOTHING_FAILED);
    }
  }

  /** Return the run whose task an event of our cluster is about. */
  private static Optional<RunId> run(String event) {
    return TaskStateChange.read(JsonReader.read(event, "event"))
        .filter(_ -> TaskStateChange.cluster(JsonReader.read(event, "event")).equals(CLUSTER))
        .flatMap(task -> TaskKey.parse(task.startedBy()))
        .map(TaskKey::run);
  }

  /** Hand over a batch as it is, and anything else as the only message of one. */
  private static String taken(String sample, EventSource.Function function) throws IOException {
    String text = EventSamples.text(sample);
    return answer(text.contains("\"Records\"") ? text : LocalServices.batch(text, "r-1"), function);
  }

  private static String answer(String event, EventSource.Function function) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handle(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer);
    return answer.toString(StandardCharsets.UTF_8);
  }
}
