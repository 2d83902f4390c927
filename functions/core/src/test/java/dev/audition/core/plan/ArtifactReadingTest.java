package dev.audition.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.AuditionSettings;
import dev.audition.core.compose.AuditionSettings.Artifact;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.StepOptions;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.SampleService;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where what is to be kept after a run lies. The workspace is {@code /work/shop}. */
class ArtifactReadingTest {
  private static Plan plan(Artifact... artifacts) {
    SampleService tests =
        SampleService.candidate("tests", "tests:1")
            .bind("/work/shop/out", "/app/out")
            .bind("/work/shop", "/src")
            .bind("/work/shop/run.sh", "/run.sh")
            .volume("results", "/results");
    AuditionSettings settings = new AuditionSettings(List.of(), null, null, List.of(artifacts));
    return Planner.plan(
        Compositions.pipeline(
            Compositions.step("integration", StepOptions.DEFAULT, settings, tests)),
        1,
        ImageConfigs.NONE,
        Compositions.files(Set.of("/work/shop", "/work/shop/out"), Set.of("/work/shop/run.sh")));
  }

  private static Artifact path(String path) {
    return new Artifact(path, "", path, SampleService.place("artifact"));
  }

  private static Artifact volume(String name, String path) {
    return new Artifact(name + path, name, path, SampleService.place("artifact"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/work/shop/out/junit, workspace/out/junit, /app/out, junit",
    "/work/shop/out, workspace/out, /app/out, ''",
    "/work/shop/logs, workspace/logs, /src, logs",
    "/codefresh/volume/shop/out/a, workspace/out/a, /app/out, a",
    "/work/shop, workspace, /src, ''",
  })
  void aPathLiesInTheInnermostMount(String written, String name, String target, String below) {
    Plan plan = plan(path(written));
    assertThat(plan.refused()).isFalse();
    PlannedArtifact artifact = Plans.task(plan).artifacts().getFirst();
    assertThat(artifact.name()).isEqualTo(name);
    assertThat(artifact.mount().target()).isEqualTo(target);
    assertThat(artifact.path()).isEqualTo(below);
  }

  @ParameterizedTest(name = "{0}{1}")
  @CsvSource({
    "results, /, volumes/results, ''",
    "results, /junit, volumes/results/junit, junit",
  })
  void aVolumeIsNamed(String volume, String path, String name, String below) {
    PlannedArtifact artifact = Plans.task(plan(volume(volume, path))).artifacts().getFirst();
    assertThat(artifact.name()).isEqualTo(name);
    assertThat(artifact.mount().target()).isEqualTo("/results");
    assertThat(artifact.path()).isEqualTo(below);
  }

  @Test
  void thePlanSaysWhatIsKeptAndWhere() {
    assertThat(plan(path("/work/shop/out"), volume("results", "/")).readings())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("kept: workspace/out and volumes/results")
                    .contains("volumes are kept only where the run leaves an archive"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/tmp/x | lies in no folder that a service mounts | Mount it",
        "/results/junit | is a path inside of a container | Write \"results/junit\".",
        "/app/out/junit | is a path inside of a container | Write \"/work/shop/out/junit\".",
      })
  void aPathInNoMountIsRefused(String written, String message, String remedy) {
    Plan plan = plan(path(written));
    assertThat(refusals(plan)).singleElement().asString().contains(message, remedy);
    assertThat(Plans.task(plan).artifacts()).isEmpty();
  }

  @Test
  void aVolumeThatNobodyMountsIsRefused() {
    assertThat(refusals(plan(volume("result", "/"))))
        .singleElement()
        .asString()
        .contains("no service mounts a volume \"result\"", "Did you mean \"results\"?");
    assertThat(refusals(plan(volume("out", "/junit"))))
        .singleElement()
        .asString()
        .contains("A path of the workspace begins with a dot: \"./out/junit\".");
  }

  private static List<String> refusals(Plan plan) {
    return Stream.of(Category.INVALID)
        .flatMap(
            category ->
                plan.diagnostics().stream()
                    .filter(one -> one.refuses() && one.category() == category))
        .map(one -> one.render())
        .toList();
  }
}
