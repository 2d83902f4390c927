package dev.audition.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.secrets.SecretValues;
import dev.audition.aws.testkit.LocalCloud;
import dev.audition.aws.testkit.NobodysPort;
import dev.audition.core.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class SecretCredentialsTest {
  private static final String HOST = "ghcr.io";

  private final AwsAccess access = LocalCloud.access("credentials of private registries");
  private final SecretsManagerClient account = access.client(SecretsManagerClient.builder());
  private final ManualClock clock = new ManualClock();

  private String secret(String text) {
    return account
        .createSecret(r -> r.name("audition/" + UUID.randomUUID()).secretString(text))
        .arn();
  }

  private SecretCredentials of(String arn) {
    return new SecretCredentials(new SecretValues(access)::read, Map.of(HOST, arn), clock);
  }

  @Test
  void openTheRegistryTheyAreListedFor() {
    SecretCredentials credentials = of(secret("{\"username\": \"bot\", \"password\": \"s3cr€t\"}"));
    assertThat(credentials.authorization(HOST)).contains("Basic Ym90OnMzY3Ligqx0");
    assertThat(credentials.authorization("quay.io")).isEmpty();
  }

  @Test
  void thatChangedAreReadAgainAfterAWhile() {
    String arn = secret("{\"username\": \"bot\", \"password\": \"old\"}");
    SecretCredentials credentials = of(arn);
    String before = credentials.authorization(HOST).orElseThrow();
    account.putSecretValue(
        r -> r.secretId(arn).secretString("{\"username\": \"bot\", \"password\": \"new\"}"));
    clock.advance(Duration.ofMinutes(4));
    assertThat(credentials.authorization(HOST)).contains(before);
    clock.advance(Duration.ofMinutes(1));
    assertThat(credentials.authorization(HOST)).isPresent().isNotEqualTo(Optional.of(before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "{\"username\": \"hunter2\"",
        "[\"hunter2\"]",
        "{\"username\": \"bot\", \"pass\": \"hunter2\"}",
        "{\"username\": \"\", \"password\": \"hunter2\"}"
      })
  void thatAreNoneAreToldWithoutWhatTheSecretHolds(String text) {
    SecretCredentials credentials = of(secret(text));
    assertThatThrownBy(() -> credentials.authorization(HOST))
        .isInstanceOf(RegistryTroubleException.class)
        .hasMessageContaining("the secret for ghcr.io")
        .satisfies(e -> assertThat(e).hasNoCause())
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }

  @Test
  void thatAreNotThereAreToldByTheirRegistry() {
    SecretCredentials credentials =
        of("arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/gone-AbCdEf");
    assertThatThrownBy(() -> credentials.authorization(HOST))
        .isInstanceOf(RegistryTroubleException.class)
        .hasMessage("the secret for ghcr.io is not there, or holds no text");
  }

  @Test
  void whoseServiceDoesNotAnswerAreATroubleWithWords() throws IOException {
    try (NobodysPort nobody = new NobodysPort()) {
      SecretValues away = new SecretValues(access.at(nobody.address()));
      SecretCredentials credentials =
          new SecretCredentials(away::read, Map.of(HOST, "arn:secret"), clock);
      assertThatThrownBy(() -> credentials.authorization(HOST))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining("arn:secret");
    }
  }
}
