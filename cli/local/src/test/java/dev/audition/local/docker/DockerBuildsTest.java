package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.BuildConfig;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.plan.ImageBuild;
import dev.audition.core.run.Progress;
import dev.audition.local.docker.DockerBuilds.BuildOutcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class DockerBuildsTest {
  private static final String IMAGE = "audition.local/builds-test:" + System.nanoTime();

  @TempDir private Path folder;
  private final SequencedMap<String, String> arguments = new LinkedHashMap<>();
  private final List<Progress> told = new CopyOnWriteArrayList<>();
  private final DockerEngine engine =
      DockerEngine.connect(
          EngineAddresses.find(System.getenv(), DockerSettings.read(System.getenv())));

  @AfterEach
  void leaveNothingBehind() {
    if (images().has(IMAGE)) {
      engine.client().removeImageCmd(IMAGE).withForce(true).exec();
    }
    engine.close();
  }

  @Test
  void anImageIsBuiltFromItsContext() throws IOException {
    Files.writeString(folder.resolve("data.txt"), "data");
    dockerfile("FROM scratch\nARG WHO\nCOPY data.txt /\nENV HELLO=$WHO\nCMD [\"/go\"]\n");
    arguments.put("WHO", "zoe");

    assertThat(build(null)).isInstanceOf(BuildOutcome.Built.class);

    var config = images().find(IMAGE).orElseThrow();
    assertThat(config.command()).containsExactly("/go");
    assertThat(config.environment()).containsEntry("HELLO", "zoe");
    assertThat(told).contains(new Progress.BuildOutput("app", "Step 1/5 : FROM scratch"));
  }

  @Test
  void whatDidNotChangeIsNotBuiltAgain() throws IOException {
    Files.writeString(folder.resolve("data.txt"), "data");
    dockerfile("FROM scratch\nCOPY data.txt /\n");
    BuildOutcome first = build(null);
    told.clear();

    assertThat(build(null)).isEqualTo(first);
    assertThat(told).contains(new Progress.BuildOutput("app", " ---> Using cache"));

    Files.writeString(folder.resolve("data.txt"), "other");
    assertThat(build(null)).isNotEqualTo(first);
  }

  @Test
  void aTargetStageIsWhereTheBuildStops() throws IOException {
    dockerfile("FROM scratch AS one\nENV A=1\nFROM one AS two\nENV B=2\n");

    build("one");

    assertThat(images().find(IMAGE).orElseThrow().environment())
        .containsKey("A")
        .doesNotContainKey("B");
  }

  @Test
  void aFailedBuildEndsWithItsLastLines() throws IOException {
    dockerfile("FROM scratch\nCOPY absent.txt /\n");

    assertThat(failure()).contains("absent.txt").endsWith("Step 2/2 : COPY absent.txt /");
  }

  @Test
  void aDockerfileThatIsNoneIsTheCompositionsFault() throws IOException {
    dockerfile("FORM scratch\n");

    assertThat(failure()).containsIgnoringCase("unknown instruction: FORM");
  }

  @Test
  void aBaseImageThatCannotBeAskedForIsNot() throws IOException {
    dockerfile("FROM registry.invalid/base:1\n");

    assertThat(build(null)).isInstanceOf(BuildOutcome.Unavailable.class);
  }

  @Test
  void aBaseImageThatIsNotThereIsTheCompositionsFault() throws IOException {
    try (LocalRegistry registry = new LocalRegistry(false)) {
      dockerfile("FROM " + registry.image("missing") + "\n");

      assertThat(failure()).contains("manifest unknown");
    }
  }

  @Test
  void anEngineThatIsGoneIsNotTheBuildsFault() throws IOException {
    dockerfile("FROM scratch\n");
    try (DockerEngine gone = DockerEngine.connect(URI.create("unix:///nowhere/docker.sock"))) {
      assertThat(build(gone, null)).isInstanceOf(BuildOutcome.Unavailable.class);
    }
  }

  private String failure() {
    BuildOutcome outcome = build(null);
    assertThat(outcome).isInstanceOf(BuildOutcome.Failed.class);
    return ((BuildOutcome.Failed) outcome).reason();
  }

  private BuildOutcome build(@Nullable String target) {
    return build(engine, target);
  }

  private BuildOutcome build(DockerEngine on, @Nullable String target) {
    BuildConfig config =
        new BuildConfig(
            folder.toString(), null, null, arguments, target, SourceLocation.of("compose.yml"));
    return Objects.requireNonNull(
        new DockerBuilds(on, settings(), Map.of())
            .build(new ImageBuild("app", IMAGE, config), told::add));
  }

  private DockerImages images() {
    return new DockerImages(engine, settings(), Map.of());
  }

  private DockerSettings settings() {
    return DockerSettings.read(Map.of("DOCKER_CONFIG", folder.toString()));
  }

  private void dockerfile(String text) throws IOException {
    Files.writeString(folder.resolve("Dockerfile"), text);
  }
}
