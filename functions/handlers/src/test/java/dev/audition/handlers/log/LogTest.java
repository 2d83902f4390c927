package dev.audition.handlers.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Log log = Log.to(out, new ManualClock());

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineIsOneObjectWithWhatItIsAbout() {
    log.of(new TaskKey(new RunId("r-1"), 1, 2, 3)).info("launched\nat \"once\"");
    assertThat(lines())
        .containsExactly(
            "{\"time\":\"2026-01-01T00:00:00Z\",\"level\":\"INFO\","
                + "\"message\":\"launched\\nat \\\"once\\\"\",\"run\":\"r-1\",\"step\":\"1\","
                + "\"task\":\"2\",\"attempt\":\"3\"}");
  }

  @Test
  void anErrorTellsWhereItWas() {
    log.error("no", new IllegalStateException("run: none"));
    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst())
        .contains("run: none")
        .contains("anErrorTellsWhereItWas")
        .contains("\"ERROR\"");
  }

  @Test
  void fieldsOfOneAreNoneOfAnother() {
    log.with("a", "1").info("one");
    log.info("two");
    assertThat(lines().get(1)).doesNotContain("\"a\"");
  }

  @Test
  void metricsAreInTheEmbeddedFormat() {
    Metrics metrics = new Metrics(out, new ManualClock(), "audition");
    metrics.run(Verdict.ERRORED);
    metrics.seconds(Metrics.OLDEST_PENDING_COMMAND, Duration.ofMinutes(2));
    assertThat(lines())
        .containsExactly(
            "{\"Verdict\":\"ERRORED\",\"_aws\":{\"Timestamp\":1767225600000,"
                + "\"CloudWatchMetrics\":[{\"Namespace\":\"Audition\","
                + "\"Dimensions\":[[\"Deployment\"],[\"Deployment\",\"Verdict\"]],"
                + "\"Metrics\":[{\"Name\":\"RunsEnded\",\"Unit\":\"Count\"}]}]},"
                + "\"Deployment\":\"audition\",\"RunsEnded\":1}",
            "{\"_aws\":{\"Timestamp\":1767225600000,"
                + "\"CloudWatchMetrics\":[{\"Namespace\":\"Audition\","
                + "\"Dimensions\":[[\"Deployment\"]],"
                + "\"Metrics\":[{\"Name\":\"RunsErrored\",\"Unit\":\"Count\"}]}]},"
                + "\"Deployment\":\"audition\",\"RunsErrored\":1}",
            "{\"_aws\":{\"Timestamp\":1767225600000,"
                + "\"CloudWatchMetrics\":[{\"Namespace\":\"Audition\","
                + "\"Dimensions\":[[\"Deployment\"]],"
                + "\"Metrics\":[{\"Name\":\"OldestPendingCommand\",\"Unit\":\"Seconds\"}]}]},"
                + "\"Deployment\":\"audition\",\"OldestPendingCommand\":120}");
  }

  @Test
  void librariesAreHeardFromWarningsUp() {
    JsonLogger logger = new JsonLogger("software.amazon", log);
    logger.debug("not this");
    logger.info("nor this");
    logger.warn("slow {}", "answer");
    assertThat(lines()).hasSize(1);
    assertThat(JsonReader.read(lines().getFirst(), "line")).isNotNull();
    assertThat(lines().getFirst())
        .contains("\"message\":\"slow answer\"")
        .contains("\"logger\":\"software.amazon\"");
  }

  @Test
  void theProviderIsFound() {
    assertThat(LoggerFactory.getILoggerFactory().getLogger("x")).isInstanceOf(JsonLogger.class);
  }
}
