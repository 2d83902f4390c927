package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.Healthcheck;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.run.Progress;
import dev.audition.local.docker.PullOutcome.Failed;
import dev.audition.local.docker.PullOutcome.PullFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class DockerImagesTest {
  @TempDir private Path settings;
  private final LocalRegistry registry = new LocalRegistry(false);
  private final DockerEngine engine =
      DockerEngine.connect(
          EngineAddresses.find(System.getenv(), DockerSettings.read(System.getenv())));
  private final List<Progress> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void leaveNothingBehind() {
    remove(registry);
    registry.close();
    engine.close();
  }

  @Test
  void anImageIsPulledOnceAndThenNeverAgain() {
    assertThat(obtain("good")).isEqualTo(new PullOutcome.Pulled());
    int requests = registry.requests.size();

    assertThat(obtain("good")).isEqualTo(new PullOutcome.Present());

    assertThat(registry.requests).hasSize(requests);
    assertThat(told)
        .last()
        .isEqualTo(new Progress.ImagePull(registry.image("good"), "", Progress.PullState.PULLED));
  }

  @Test
  void manyWhoWantOneImageShareOnePull() {
    DockerImages images = images();
    List<CompletableFuture<PullOutcome>> outcomes =
        IntStream.range(0, 8)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> images.obtain(registry.image("good"), "", told::add),
                        Thread::startVirtualThread))
            .toList();

    assertThat(outcomes)
        .allSatisfy(outcome -> assertThat(outcome.join()).isNotInstanceOf(Failed.class));
    assertThat(registry.requests)
        .filteredOn(path -> path.endsWith("/manifests/1"))
        .hasSizeLessThan(4);
  }

  @Test
  void whatAnImageSaysOfItsContainersIsTranslated() {
    assertThat(images().find(registry.image("good"))).isEmpty();
    obtain("good");

    ImageConfig config = images().find(registry.image("good")).orElseThrow();

    assertThat(config.command()).containsExactly("/hello");
    assertThat(config.entrypoint()).isEmpty();
    assertThat(config.environment()).containsEntry("A", "1").containsEntry("B", "x=y");
    assertThat(config.user()).isEqualTo("app");
    assertThat(config.workingDir()).isEqualTo("/srv");
    assertThat(config.exposedPorts()).containsExactly(8080);
    assertThat(config.volumes()).containsExactly("/data");
    assertThat(config.architecture()).isEqualTo("amd64");
    assertThat(config.stopSignal()).isEqualTo("SIGINT");
    assertThat(config.healthcheck())
        .isEqualTo(
            new Healthcheck(
                false, List.of("CMD", "/check"), Duration.ofSeconds(2), null, 4, null, null));
  }

  @Test
  void credentialsOfTheSettingsOpenAPrivateRepository() throws IOException {
    try (LocalRegistry locked = new LocalRegistry(true)) {
      String image = locked.image("good");
      assertThat(images().obtain(image, "", told::add))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.cause()).isEqualTo(PullFailure.NO_SUCH_IMAGE));

      byte[] user = "zoe:secret".getBytes(StandardCharsets.UTF_8);
      Files.writeString(
          settings.resolve("config.json"),
          "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
              .formatted(locked.address(), Base64.getEncoder().encodeToString(user)));

      assertThat(images().obtain(image, "", told::add)).isEqualTo(new PullOutcome.Pulled());
      remove(locked);
    }
  }

  @Test
  void whatIsNotThereIsTheCompositionsFault() {
    Failed failure = failure("missing");

    assertThat(failure.cause()).isEqualTo(PullFailure.NO_SUCH_IMAGE);
    assertThat(failure.reason())
        .startsWith("CannotPullContainerError: " + registry.image("missing") + ": ")
        .contains("manifest unknown");
  }

  @Test
  void aRegistryThatIsTooBusyIsNot() {
    Failed failure = failure("limited");

    assertThat(failure.cause()).isEqualTo(PullFailure.REGISTRY);
    assertThat(failure.reason()).contains("toomanyrequests");
  }

  @Test
  void aRegistryThatSaysNothingIsGivenUp() {
    Failed failure = failure("silent");

    assertThat(failure.cause()).isEqualTo(PullFailure.REGISTRY);
    assertThat(failure.reason()).contains("did not answer within 2 s");
  }

  @Test
  void aRegistryWhoseNameIsUnknownFailsAtOnce() {
    long before = System.nanoTime();

    PullOutcome outcome = images().obtain("registry.invalid/app:1", "", told::add);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.cause()).isEqualTo(PullFailure.REGISTRY));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void anEngineThatIsGoneIsSaidToBe() {
    try (DockerEngine gone = DockerEngine.connect(URI.create("unix:///nowhere/docker.sock"))) {
      assertThat(images(gone).obtain("postgres:16", "", told::add))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.cause()).isEqualTo(PullFailure.ENGINE));
    }
  }

  private void remove(LocalRegistry of) {
    if (images().has(of.image("good"))) {
      engine.client().removeImageCmd(of.image("good")).withForce(true).exec();
    }
  }

  private PullOutcome obtain(String name) {
    return images().obtain(registry.image(name), "", told::add);
  }

  private Failed failure(String name) {
    PullOutcome outcome = obtain(name);
    assertThat(outcome).isInstanceOf(Failed.class);
    return (Failed) outcome;
  }

  private DockerImages images() {
    return images(engine);
  }

  private DockerImages images(DockerEngine of) {
    Map<String, String> environment = Map.of("DOCKER_CONFIG", settings.toString());
    return new DockerImages(
        of,
        new RegistryCredentials(DockerSettings.read(environment), environment),
        Duration.ofSeconds(2));
  }
}
