package dev.audition.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "postgres, docker.io, library/postgres, -, postgres",
        "postgres:16, docker.io, library/postgres, 16, postgres",
        "docker.io/postgres:16-alpine, docker.io, library/postgres, 16-alpine, postgres",
        "index.docker.io/library/redis:7, docker.io, library/redis, 7, redis",
        "bitnami/kafka:3.7, docker.io, bitnami/kafka, 3.7, bitnami/kafka",
        "localhost/app, localhost, app, -, localhost/app",
        "localhost:5000/team/app:1, localhost:5000, team/app, 1, localhost:5000/team/app",
        "quay.io/minio/minio, quay.io, minio/minio, -, quay.io/minio/minio",
      })
  void takesAReferenceApart(
      String text, String registry, String repository, String tag, String familiar) {
    ImageReference reference = ImageReference.parse(text).orElseThrow();

    assertThat(reference.registry()).isEqualTo(registry);
    assertThat(reference.repository()).isEqualTo(repository);
    assertThat(reference.tag()).isEqualTo(tag);
    assertThat(reference.familiarName()).isEqualTo(familiar);
  }

  @Test
  void keepsTagAndDigestApart() {
    String digest = "sha256:" + "0123456789abcdef".repeat(4);

    ImageReference reference = ImageReference.parse("mailhog/mailhog:v1@" + digest).orElseThrow();

    assertThat(reference.tag()).isEqualTo("v1");
    assertThat(reference.digest()).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Postgres", "a b", "postgres:", "${IMAGE}", "/x", "x@sha256:12", "a//b"})
  void whatIsNoReferenceIsNotTakenApart(String text) {
    assertThat(ImageReference.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres:16, postgres",
    "public.ecr.aws/docker/library/postgres:16, postgres",
    "mirror.gcr.io/library/redis, redis",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/mysql:8, mysql",
    "audition.local/postgres:16, postgres",
    "public.ecr.aws/bitnami/redis:7, bitnami/redis",
    "ghcr.io/acme/postgres:1, ghcr.io/acme/postgres",
    "acme/postgres:1, acme/postgres",
  })
  void recognisesCopiesOfOfficialImages(String text, String original) {
    assertThat(ImageReference.parse(text).orElseThrow().originalName()).isEqualTo(original);
  }
}
