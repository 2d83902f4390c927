package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.local.docker.PullOutcome.PullFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullFailuresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pull access denied for x, repository does not exist or may require 'docker login': denied:"
            + " requested access to the resource is denied | NO_SUCH_IMAGE",
        "manifest for postgres:99 not found: manifest unknown: manifest unknown | NO_SUCH_IMAGE",
        "unauthorized: authentication required | NO_SUCH_IMAGE",
        "no matching manifest for linux/arm64/v8 in the manifest list entries | NO_SUCH_IMAGE",
        "invalid reference format: repository name must be lowercase | NO_SUCH_IMAGE",
        "toomanyrequests: You have reached your pull rate limit. You may increase the limit by"
            + " authenticating | REGISTRY",
        "Get https://registry-1.docker.io/v2/: dial tcp: lookup registry-1.docker.io: no such host"
            + " | REGISTRY",
        "Get https://r.example/v2/: net/http: request canceled (Client.Timeout exceeded) |"
            + " REGISTRY",
        "dial tcp 10.0.0.1:443: connect: connection refused | REGISTRY",
        "received unexpected HTTP status: 503 Service Unavailable | REGISTRY",
        "write /var/lib/docker/tmp/GetImageBlob1: no space left on device | ENGINE",
      })
  void theRegistrysWordsTellWhoseTroubleItIs(String words, PullFailure cause) {
    assertThat(PullFailures.of(words, "some/image:1")).isEqualTo(cause);
  }

  @Test
  void theImagesOwnNameSaysNothing() {
    assertThat(
            PullFailures.of(
                "pull access denied for acme/timeout, repository does not exist", "acme/timeout:1"))
        .isEqualTo(PullFailure.NO_SUCH_IMAGE);
  }
}
