package dev.audition.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.testkit.LocalCloud;
import dev.audition.aws.testkit.NobodysPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

final class EcrCredentialsTest {
  private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

  private final List<String> asked = new ArrayList<>();
  private final AwsAccess access =
      LocalCloud.access("tokens of ECR")
          .watchedBy(
              new ExecutionInterceptor() {
                @Override
                public void beforeTransmission(
                    Context.BeforeTransmission context, ExecutionAttributes attributes) {
                  asked.add(context.request().getClass().getSimpleName());
                }
              });

  /** Half a day before moto's tokens are over, which is always the same moment. */
  private Instant now = Instant.parse("2014-12-31T12:00:00Z");

  private final EcrCredentials credentials = new EcrCredentials(access, () -> now);

  @Test
  void openARegistryOfTheRegion() {
    String header = credentials.authorization(HOST).orElseThrow();
    assertThat(header).startsWith("Basic ");
    String login =
        new String(
            Base64.getDecoder().decode(header.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    assertThat(login).startsWith("AWS:").hasSizeGreaterThan("AWS:".length());
  }

  @Test
  void areAskedForOnceAndAgainBeforeTheyAreOver() {
    credentials.authorization(HOST);
    now = Instant.parse("2014-12-31T23:49:59Z");
    credentials.authorization(HOST.replace("123", "999"));
    assertThat(asked).hasSize(1);
    now = now.plusSeconds(1);
    credentials.authorization(HOST);
    assertThat(asked).containsOnly("GetAuthorizationTokenRequest").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker.io",
        "public.ecr.aws",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.org",
        "evil.org/123456789012.dkr.ecr.eu-central-1.amazonaws.com"
      })
  void areForNobodyElse(String host) {
    assertThat(credentials.authorization(host)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void whoseServiceDoesNotAnswerAreATroubleWithWords() throws IOException {
    try (NobodysPort nobody = new NobodysPort()) {
      EcrCredentials away = new EcrCredentials(access.at(nobody.address()), InstantSource.system());
      assertThatThrownBy(() -> away.authorization(HOST))
          .isInstanceOf(CloudException.class)
          .hasMessageStartingWith("Could not get a token for the registry");
    }
  }
}
