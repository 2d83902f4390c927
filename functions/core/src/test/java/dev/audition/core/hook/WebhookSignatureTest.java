package dev.audition.core.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WebhookSignatureTest {
  /** The example of the Standard Webhooks specification's reference libraries. */
  @Test
  void signsTheExampleOfTheSpecificationAsItSays() {
    assertThat(
            WebhookSignature.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void anyOtherTextIsTheKeyItself() {
    // printf '%s' 'run/0/on_fail/1.1700000000.{}' | openssl dgst -sha256 -hmac 'top secret' -binary
    // | base64
    assertThat(
            WebhookSignature.of(
                "top secret",
                "run/0/on_fail/1",
                Instant.ofEpochSecond(1_700_000_000),
                "{}".getBytes(UTF_8)))
        .isEqualTo("v1,O5Ii0DwFjJAr9Z+sh5VsY0g5xLShHjsV1ki2fpcrCWw=");
  }

  @Test
  void aSecretThatCannotSignIsToldWithoutShowingIt() {
    assertThatThrownBy(() -> WebhookSignature.of("", "id", Instant.EPOCH, new byte[0]))
        .hasMessage("the secret is empty");
    assertThatThrownBy(() -> WebhookSignature.of("whsec_", "id", Instant.EPOCH, new byte[0]))
        .hasMessage("the secret is empty");
    assertThatThrownBy(() -> WebhookSignature.of("whsec_p@ss", "id", Instant.EPOCH, new byte[0]))
        .hasMessageContaining("not Base64")
        .hasMessageNotContaining("p@ss");
  }
}
