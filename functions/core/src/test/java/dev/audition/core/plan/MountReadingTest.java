package dev.audition.core.plan;

import static dev.audition.core.plan.Plans.container;
import static dev.audition.core.plan.Plans.plan;
import static dev.audition.core.plan.Plans.refusals;
import static dev.audition.core.plan.Plans.task;
import static dev.audition.core.plan.Plans.warnings;
import static dev.audition.core.testkit.Compositions.files;
import static dev.audition.core.testkit.Compositions.image;
import static dev.audition.core.testkit.Compositions.images;
import static dev.audition.core.testkit.Compositions.living;
import static dev.audition.core.testkit.SampleService.place;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.FileMount;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.VolumeMount;
import dev.audition.core.compose.VolumesFrom;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.SampleService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MountReadingTest {
  private static final SourceLocation HERE = place("app.volumes");
  private static final SourceFiles FILES =
      files(Set.of("/work/shop", "/work/shop/seed"), Set.of("/work/shop/app.conf"));

  @Test
  void aNamedVolumeIsOneVolumeOfTheTask() {
    Plan plan =
        plan(
            service("app", "acme/app").volume("data", "/data"),
            service("other", "acme/app").volume("data", "/in"));

    assertThat(task(plan).volumes()).containsExactly(new PlannedVolume("data"));
    assertThat(container(plan, "app").mounts())
        .containsExactly(new PlannedMount.VolumeMount("data", "/data", false, HERE));
  }

  @Test
  void anonymousVolumesAreTheServicesOwn() {
    Plan plan =
        plan(
            service("app", "acme/app").volume("", "/a").volume("", "/b"),
            service("other", "acme/app").volume("", "/a"));

    assertThat(task(plan).volumes())
        .extracting(PlannedVolume::name)
        .containsExactly("app-volume", "app-volume-2", "other-volume");
  }

  @Test
  void foldersAndFilesOfTheWorkspaceAreMountedAsWhatTheyAre() {
    Plan plan =
        planWithFiles(
            service("app", "acme/app")
                .bind("/work/shop/seed", "/seed")
                .bind("/work/shop/app.conf", "/etc/app.conf"));

    assertThat(container(plan, "app").mounts())
        .containsExactly(
            new PlannedMount.FolderMount("/work/shop/seed", "/seed", false, true, HERE),
            new PlannedMount.FileMount("/work/shop/app.conf", "/etc/app.conf", false, HERE));
  }

  @Test
  void aSourceThatIsNotThereIsAnEmptyFolder() {
    Plan plan = planWithFiles(service("app", "acme/app").bind("/work/shop/none.d", "/none"));

    assertThat(container(plan, "app").mounts())
        .containsExactly(
            new PlannedMount.FolderMount("/work/shop/none.d", "/none", false, false, HERE));
  }

  @Test
  void withoutALookAtFilesAnExtensionMakesAFile() {
    Plan plan =
        plan(
            service("app", "acme/app")
                .bind("/work/shop/a.sql", "/a.sql")
                .bind("/work/shop/.config", "/b")
                .bind("/work/shop/seed", "/seed"));

    assertThat(container(plan, "app").mounts())
        .extracting(mount -> mount instanceof PlannedMount.FileMount)
        .containsExactly(true, false, false);
  }

  @Test
  void whatLiesOutsideOfTheWorkspaceIsRefusedByLine() {
    Plan plan =
        plan(
            service("app", "acme/app")
                .bind("/etc/passwd", "/x")
                .bind("/work/shop-two/x", "/y")
                .bind("/var/run/docker.sock", "/var/run/docker.sock"));

    assertThat(refusals(plan, Category.HOST_ACCESS))
        .hasSize(3)
        .allMatch(line -> line.startsWith("app.volumes.yml:1:1: services.app.volumes: "))
        .anyMatch(line -> line.contains("/etc/passwd lies outside of the workspace /work/shop"))
        .anyMatch(line -> line.contains("/work/shop-two/x lies outside"))
        .anyMatch(line -> line.contains("is the engine of the machine"));
  }

  @Test
  void thePipelinesVolumeIsAnEmptyOneWithTheWorkTreeInIt() {
    Plan plan =
        plan(
            service("app", "acme/app").volume("audition-workspace", "/codefresh/volume"),
            service("other", "acme/app").bind("/codefresh/volume", "/v"));

    assertThat(task(plan).volumes()).containsExactly(new PlannedVolume("audition-workspace"));
    assertThat(container(plan, "app").mounts())
        .containsExactly(
            new PlannedMount.VolumeMount("audition-workspace", "/codefresh/volume", false, HERE),
            new PlannedMount.FolderMount(
                "/work/shop", "/codefresh/volume/shop", false, true, HERE));
    assertThat(container(plan, "other").mounts())
        .extracting(PlannedMount::target)
        .containsExactly("/v", "/v/shop");
  }

  @Test
  void aPathBelowThePipelinesVolumeMeansTheWorkTree() {
    Plan plan =
        planWithFiles(service("app", "acme/app").bind("/codefresh/volume/shop/seed", "/seed"));

    assertThat(container(plan, "app").mounts())
        .containsExactly(
            new PlannedMount.FolderMount("/work/shop/seed", "/seed", false, true, HERE));
  }

  @Test
  void theMountsOfAnotherServiceComeFirstAndOwnOnesWin() {
    Plan plan =
        plan(
            service("base", "acme/app").volume("one", "/one").volume("two", "/two"),
            service("app", "acme/app")
                .volume("own", "/two")
                .adding(ServiceKey.VOLUMES_FROM, new VolumesFrom("base", true, place("x"))));

    assertThat(container(plan, "app").mounts())
        .containsExactly(
            new PlannedMount.VolumeMount("one", "/one", true, place("base.volumes")),
            new PlannedMount.VolumeMount("own", "/two", false, HERE));
  }

  @Test
  void memoryFileSystemsComeFromBothKeys() {
    Plan plan =
        plan(
            service("app", "acme/app")
                .mount(VolumeMount.Type.TMPFS, "", "/cache", false)
                .adding(ServiceKey.TMPFS, new TmpfsMount("/run", List.of("size=64m"))));

    assertThat(container(plan, "app").tmpfs())
        .containsExactly(
            new TmpfsMount("/run", List.of("size=64m")), new TmpfsMount("/cache", List.of()));
    assertThat(container(plan, "app").mounts()).isEmpty();
  }

  @Nested
  class SecretsAndConfigs {
    @Test
    void areFilesOrTexts() {
      Plan plan =
          planWithFiles(
              service("app", "acme/app")
                  .adding(ServiceKey.SECRETS, file("/work/shop/app.conf", "", "/run/secrets/a"))
                  .adding(ServiceKey.CONFIGS, file("", "text", "/b")));

      assertThat(container(plan, "app").mounts())
          .containsExactly(
              new PlannedMount.TextMount("text", "/b", place("f")),
              new PlannedMount.FileMount(
                  "/work/shop/app.conf", "/run/secrets/a", true, place("f")));
    }

    @Test
    void thatAreMissingAreEmptyFoldersWithAWarning() {
      Plan plan =
          planWithFiles(
              service("app", "acme/app")
                  .adding(ServiceKey.SECRETS, file("/work/shop/none", "", "/run/secrets/a")));

      assertThat(container(plan, "app").mounts())
          .containsExactly(
              new PlannedMount.FolderMount(
                  "/work/shop/none", "/run/secrets/a", true, false, place("f")));
      assertThat(warnings(plan, Category.MISSING_FILE))
          .singleElement()
          .asString()
          .contains("the file of token does not exist");
    }

    private FileMount file(String source, String content, String target) {
      return new FileMount("token", source, content, target, place("f"));
    }
  }

  @Nested
  class VolumesThatDockerWouldFill {
    @Test
    void areAWarningWhereTheImageLikelyHasFilesThere() {
      Plan plan =
          plan(
              known(living(image(), "", "/srv/app")),
              service("app", "acme/app").volume("modules", "/srv/app/node_modules"));

      assertThat(warnings(plan, Category.EMULATED))
          .singleElement()
          .asString()
          .contains("the volume starts empty");
    }

    @Test
    void areNoneWhereTheImageDeclaresThePathOrHasNothingThere() {
      Plan plan =
          plan(
              known(living(image(), "", "/srv/app", "/srv/app/data")),
              service("app", "acme/app").volume("a", "/srv/app/data").volume("b", "/data"));

      assertThat(warnings(plan, Category.EMULATED)).isEmpty();
    }

    @Test
    void areAQuestionWhereTheImageIsNotKnown() {
      Plan plan = plan(service("app", "acme/app").volume("a", "/srv/app/data"));

      assertThat(warnings(plan, Category.EMULATED)).isEmpty();
      assertThat(plan.unknownImages().get("acme/app"))
          .containsExactly(
              "app: whether the volume at /srv/app/data starts with files of the image");
    }
  }

  @Nested
  class SingleFiles {
    @Test
    void areFineForRoot() {
      assertThat(fileWarnings("", mounted())).isEmpty();
      assertThat(fileWarnings("app", mounted().with(ServiceKey.USER, "0:0"))).isEmpty();
    }

    @Test
    void areFineInAVolumeOfTheService() {
      assertThat(fileWarnings("app", mounted().volume("etc", "/etc/app"))).isEmpty();
    }

    @Test
    void areAWarningForAnotherUser() {
      assertThat(fileWarnings("app", mounted()))
          .singleElement()
          .asString()
          .contains("the user is not root");
    }

    @Test
    void areAWarningOnAReadOnlyRoot() {
      assertThat(fileWarnings("", mounted().with(ServiceKey.READ_ONLY, true)))
          .singleElement()
          .asString()
          .contains("read_only: true");
    }

    @Test
    void areAWarningAndAQuestionWhereTheImageIsNotKnown() {
      Plan plan = plan(mounted());

      assertThat(warnings(plan, Category.EMULATED)).hasSize(1);
      assertThat(plan.unknownImages().get("acme/app"))
          .containsExactly("app: whether the file /etc/app/app.conf can be copied in on Fargate");
    }

    private SampleService mounted() {
      return service("app", "acme/app").bind("/work/shop/app.conf", "/etc/app/app.conf");
    }

    private List<String> fileWarnings(String user, SampleService service) {
      return warnings(
              plan(known(living(image(), user, "/", "/etc/app")), service), Category.EMULATED)
          .stream()
          .filter(line -> line.contains("single file"))
          .toList();
    }
  }

  private static ImageConfigs known(ImageConfig config) {
    return images(Map.of("acme/app", config));
  }

  private static Plan planWithFiles(SampleService service) {
    return Planner.plan(
        Compositions.pipeline(service), 1, images(Map.of("acme/app", image())), FILES);
  }
}
