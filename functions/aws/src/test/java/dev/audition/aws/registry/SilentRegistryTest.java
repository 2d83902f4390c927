package dev.audition.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.testkit.RawServer;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.testkit.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries that take every question and never come to the end of an answer. */
@Timeout(60)
class SilentRegistryTest {
  private static final int IMAGES = 6;
  private static final LookUpLimits PATIENT =
      new LookUpLimits(Duration.ofMinutes(5), Duration.ofMillis(300));
  private static final LookUpLimits BUSY =
      new LookUpLimits(Duration.ofMillis(700), Duration.ofMillis(300));

  /** What is said before nothing more comes, or as good as nothing. */
  enum Manner {
    SILENT("", ""),
    DRIBBLING_HEADERS("HTTP/1.1 200 OK\r\n", "x"),
    SILENT_AFTER_HEADERS("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", ""),
    DRIBBLING_BODY("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", " "),
    DRIBBLING_REFUSAL("HTTP/1.1 401 No\r\nContent-Length: 1000000\r\n\r\n", " ");

    private final String first;
    private final String then;

    Manner(String first, String then) {
      this.first = first;
      this.then = then;
    }
  }

  private final ManualClock clock = new ManualClock();
  private final AtomicInteger questions = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch hungUp = new CountDownLatch(1);

  private RawServer registry(Manner manner) throws IOException {
    return new RawServer(out -> answer(manner, out));
  }

  private void answer(Manner manner, OutputStream out) throws InterruptedException {
    questions.incrementAndGet();
    try {
      say(out, manner.first);
      while (!over.await(50, TimeUnit.MILLISECONDS)) { // a slow talker, not a test that waits
        say(out, manner.then);
      }
    } catch (IOException _) {
      hungUp.countDown();
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private RegistryImageConfigs configs(RawServer registry, LookUpLimits limits) {
    URI address = URI.create("http://127.0.0.1:" + registry.port());
    return new RegistryImageConfigs(_ -> address, RegistryCredentials.NONE, clock, limits);
  }

  @AfterEach
  void endAnswers() {
    over.countDown();
  }

  @ParameterizedTest
  @EnumSource
  void isWaitedForOnceForAllOfItsImages(Manner manner) throws IOException {
    try (RawServer registry = registry(manner)) {
      ImageConfigs images = configs(registry, PATIENT).forOnePlan();
      for (int i = 0; i < IMAGES; i++) {
        assertThat(images.find("shop:" + i)).isEmpty();
        assertThat(images.mayBeKnownSoon("shop:" + i)).isTrue();
      }
      assertThat(images.whyUnknown("shop:0")).isEqualTo("docker.io did not answer within 0.3 s");
      assertThat(images.whyUnknown("shop:1"))
          .isEqualTo("docker.io did not answer in time a moment ago");
      assertThat(questions).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DRIBBLING_BODY", "DRIBBLING_HEADERS"})
  void isNotListenedToAnyLonger(Manner manner) throws IOException, InterruptedException {
    try (RawServer registry = registry(manner)) {
      assertThat(configs(registry, PATIENT).find("shop:1")).isEmpty();
      assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesNoMoreThanThereIsForAPlanWhereverImagesComeFrom(Manner manner) throws IOException {
    try (RawServer registry = registry(manner)) {
      ImageConfigs images = configs(registry, BUSY).forOnePlan();
      for (int i = 0; i < IMAGES; i++) {
        assertThat(images.find("r%d.example/shop".formatted(i))).isEmpty();
        assertThat(images.mayBeKnownSoon("r%d.example/shop".formatted(i))).isTrue();
      }
      assertThat(questions).hasValueBetween(1, 3);
      assertThat(images.whyUnknown("r5.example/shop"))
          .isEqualTo("r5.example was not asked in time: the images before took all of the 0.7 s");
    }
  }

  @Test
  void isAskedAgainBeforeAStepIsPreparedForTheLastTime() throws IOException {
    try (RawServer registry = registry(Manner.SILENT)) {
      RegistryImageConfigs configs = configs(registry, PATIENT);
      assertThat(configs.find("shop:1")).isEmpty();
      clock.advance(Duration.ofSeconds(3));
      assertThat(configs.find("shop:1")).isEmpty();
      assertThat(questions).hasValue(1);
      clock.advance(Duration.ofSeconds(15));
      assertThat(configs.find("shop:1")).isEmpty();
      assertThat(questions).hasValue(2);
    }
  }
}
