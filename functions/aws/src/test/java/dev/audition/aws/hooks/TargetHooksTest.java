package dev.audition.aws.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.hooks.WebhookServer.Received;
import dev.audition.aws.hooks.WebhookServer.Reply;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import dev.audition.core.run.HookKey;
import dev.audition.core.run.HookMessage;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.HookSender.Answer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetHooksTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Map<String, String> SECRETS =
      Map.of("KEY", "top secret", "BAD", "whsec_???", "NO_URL", "not a url");

  private final TestNetwork network = new TestNetwork();
  private final List<String> elsewhere = new ArrayList<>();
  private WebhookServer server;
  private TargetHooks hooks;

  @BeforeEach
  void start() throws IOException {
    server = WebhookServer.plain();
    network.with("a.example", "127.0.0.1");
    GuardedPost post =
        new GuardedPost(
            true, PostLimits.DEFAULT, network, (SSLSocketFactory) SSLSocketFactory.getDefault());
    hooks =
        new TargetHooks(
            new HttpHooks(
                post,
                name ->
                    name.equals("URL")
                        ? Optional.of(url())
                        : Optional.ofNullable(SECRETS.get(name)),
                () -> NOW),
            (topic, message) -> {
              elsewhere.add(topic + " " + message.subject());
              return new Answer.Taken("published");
            },
            (bus, detailType, message) -> {
              elsewhere.add(bus + " " + detailType + " " + message.body());
              return new Answer.Taken("put");
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url() {
    return "http://a.example:" + server.port() + "/hook";
  }

  private static HookMessage message(HookTarget target) {
    return new HookMessage(
        new HookKey(new RunId("run-1"), 0, HookKind.ON_FAIL, 1),
        target,
        "Audition: FAILED",
        "FAILED <it> & more",
        "{\"verdict\":\"FAILED\",\"reason\":\"äöü\"}");
  }

  private Answer webhook(String secret) {
    return hooks.send(message(new HookTarget.Webhook(HookUrl.of(url()), secret)));
  }

  /** Not with our own class: as a receiver would, from the bytes and headers that came. */
  private static String signature(Received received, String key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    String signed =
        received.header("webhook-id")
            + "."
            + received.header("webhook-timestamp")
            + "."
            + received.body();
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }

  @Test
  void aWebhookIsSignedOverTheBytesThatCome() throws GeneralSecurityException {
    assertThat(webhook("KEY")).isEqualTo(new Answer.Taken("answered 204"));
    Received received = server.received().getFirst();
    assertThat(received.header("webhook-id")).isEqualTo("run-1/0/on_fail/1");
    assertThat(received.header("webhook-timestamp")).isEqualTo("1700000000");
    assertThat(received.header("content-type")).isEqualTo("application/json");
    assertThat(received.header("webhook-signature")).isEqualTo(signature(received, "top secret"));
    assertThat(received.body()).contains("äöü");
  }

  @Test
  void withoutASecretThereIsNoSignature() {
    assertThat(hooks.send(message(new HookTarget.Webhook(HookUrl.named("URL"), null))))
        .isInstanceOf(Answer.Taken.class);
    assertThat(server.received().getFirst().header("webhook-signature")).isEmpty();
    assertThat(server.received().getFirst().path()).isEqualTo("/hook");
  }

  @Test
  void aSecretThatIsNotThereOrNoneIsSaidByNameAndNothingIsSent() {
    assertThat(webhook("MISSING"))
        .isEqualTo(new Answer.Refused("there is no variable or secret MISSING here"));
    assertThat(webhook("BAD").detail()).startsWith("BAD cannot sign: ").doesNotContain("???");
    assertThat(hooks.send(message(new HookTarget.Slack(HookUrl.named("NO_URL")))).detail())
        .isEqualTo("what NO_URL holds is no URL to post to");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aChannelGetsTextWithItsMarkupEscaped() {
    assertThat(hooks.send(message(new HookTarget.Slack(HookUrl.of(url())))))
        .isInstanceOf(Answer.Taken.class);
    assertThat(server.received().getFirst().body())
        .isEqualTo("{\"text\":\"FAILED &lt;it&gt; &amp; more\"}");
  }

  @Test
  void topicsAndBusesGetTheirMessages() {
    assertThat(hooks.send(message(new HookTarget.Sns("arn:topic"))))
        .isEqualTo(new Answer.Taken("published"));
    assertThat(hooks.send(message(new HookTarget.EventBridge("ops"))))
        .isEqualTo(new Answer.Taken("put"));
    assertThat(elsewhere.getFirst()).isEqualTo("arn:topic Audition: FAILED");
    assertThat(elsewhere.getLast()).startsWith("ops Audition Run Ended {\"verdict\"");
  }

  @ParameterizedTest
  @CsvSource({
    "200, Taken",
    "204, Taken",
    "301, Refused",
    "302, Refused",
    "307, Refused",
    "400, Refused",
    "401, Refused",
    "404, Refused",
    "408, NotNow",
    "410, Refused",
    "425, NotNow",
    "429, NotNow",
    "500, NotNow",
    "503, NotNow"
  })
  void statusesMeanWhatTheySay(int status, String expected) {
    server.replies(new Reply(status, "", status / 100 == 3 ? "/x" : null));
    assertThat(webhook("KEY").getClass().getSimpleName()).isEqualTo(expected);
    assertThat(server.received()).hasSize(1);
  }
}
