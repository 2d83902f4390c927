package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {
  @ParameterizedTest
  @CsvSource({
    "postgres, docker.io, postgres, latest",
    "postgres:16, docker.io, postgres, 16",
    "bitnami/redis:7.2, docker.io, bitnami/redis, 7.2",
    "docker.io/library/redis, docker.io, docker.io/library/redis, latest",
    "index.docker.io/acme/app:1, docker.io, index.docker.io/acme/app, 1",
    "ghcr.io/acme/app:1, ghcr.io, ghcr.io/acme/app, 1",
    "localhost/app, localhost, localhost/app, latest",
    "registry:5000/app, registry:5000, registry:5000/app, latest",
    "registry:5000/app:2, registry:5000, registry:5000/app, 2",
    "app@sha256:abc, docker.io, app, sha256:abc",
    "ghcr.io/acme/app:1@sha256:abc, ghcr.io, ghcr.io/acme/app, sha256:abc",
  })
  void aReferenceIsTakenApartAsDockerDoes(
      String text, String registry, String repository, String tag) {
    assertThat(ImageReference.of(text)).isEqualTo(new ImageReference(registry, repository, tag));
  }
}
