package dev.audition.core.task;

import static dev.audition.core.task.FargateLoweringTest.OPTIONS;
import static dev.audition.core.task.FargateLoweringTest.SIZE;
import static dev.audition.core.task.FargateLoweringTest.argument;
import static dev.audition.core.task.FargateLoweringTest.container;
import static dev.audition.core.task.FargateLoweringTest.image;
import static dev.audition.core.task.FargateLoweringTest.lower;
import static dev.audition.core.task.FargateLoweringTest.said;
import static dev.audition.core.testkit.ContainerSample.PLACE;
import static dev.audition.core.testkit.ContainerSample.candidate;
import static dev.audition.core.testkit.ContainerSample.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.PlannedMount;
import dev.audition.core.testkit.ContainerSample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of mounts on Fargate: volumes, copies of folders, single files. */
class FargateMountsTest {
  private static PlannedMount file(String target) {
    return new PlannedMount.FileMount("/work/app/conf/x.conf", target, true, PLACE);
  }

  @Test
  void ofVolumesAreOpenedByTheStage() {
    FargateLowered lowered =
        lower(candidate("test").mount(new PlannedMount.VolumeMount("data", "/data", false, PLACE)));
    assertThat(container(lowered, "test").mountPoints())
        .containsExactly(new MountPoint("data", "/data", false));
    assertThat(argument(lowered, "audition-stage", "open"))
        .isEqualTo("[\"/audition/volumes/data\"]");
    assertThat(container(lowered, "audition-stage").mountPoints())
        .containsExactly(new MountPoint("data", "/audition/volumes/data", false));
  }

  @Test
  void ofFoldersAreFilledByTheStage() {
    FargateLowered lowered =
        lower(
            service("db")
                .mount(folder("/work/app/sql", "/init", true))
                .mount(folder("/work/app/missing", "/missing", false)),
            candidate("test").mount(folder("/work/app/sql", "/sql", true)));
    assertThat(argument(lowered, "audition-stage", "folders"))
        .isEqualTo("{\"/audition/volumes/audition-workspace\":\"sql\"}");
    assertThat(container(lowered, "db").mountPoints())
        .extracting(MountPoint::volume)
        .containsExactly("audition-workspace", "audition-workspace-2");
    assertThat(container(lowered, "test").mountPoints())
        .extracting(MountPoint::volume)
        .containsExactly("audition-workspace");
    assertThat(said(lowered)).isEmpty();
  }

  private static PlannedMount folder(String source, String target, boolean exists) {
    return new PlannedMount.FolderMount(source, target, true, exists, PLACE);
  }

  @Test
  void ofFoldersInOneAnotherAreCopiesAndSaidToBe() {
    assertThat(
            said(
                lower(
                    candidate("test")
                        .mount(folder("/work/app", "/app", true))
                        .mount(folder("/work/app/sql", "/sql", true)))))
        .singleElement()
        .asString()
        .contains("on Fargate each is a copy");
  }

  @Test
  void outsideOfTheWorkspaceAreRefused() {
    FargateLowered lowered = lower(candidate("t").mount(folder("/work/apple", "/a", true)));
    assertThat(lowered.refused()).isTrue();
    assertThat(said(lowered).getFirst()).contains("/work/apple lies outside of the workspace");
  }

  @Test
  void ofSingleFilesAreCopiedByAStartLine() {
    FargateLowered lowered = lower(candidate("test").mount(file("/etc/x/x.conf")));
    ContainerDefinition test = container(lowered, "test");
    assertThat(test.entryPoint()).startsWith("/bin/sh", "-c").endsWith("audition-start");
    assertThat(test.command())
        .containsExactly("/audition/files/0", "/etc/x/x.conf", "--", "/entry.sh", "serve", "--all");
    assertThat(test.mountPoints())
        .containsExactly(new MountPoint("audition-files", "/audition/files", true));
    assertThat(argument(lowered, "audition-stage", "files"))
        .isEqualTo("{\"/audition/volumes/audition-files/0\":{\"path\":\"conf/x.conf\"}}");
  }

  @Test
  void ofTextsKeepTheTextOutOfTheDefinition() {
    FargateLowered lowered =
        lower(candidate("test").mount(new PlannedMount.TextMount("hush", "/run/secrets/s", PLACE)));
    assertThat(argument(lowered, "audition-stage", "files"))
        .isEqualTo("{\"/audition/volumes/audition-files/0\":{\"variable\":\"AUDITION_TEXT_1\"}}");
    assertThat(lowered.tasks().getFirst().values().file("audition-stage"))
        .containsEntry("AUDITION_TEXT_1", "aHVzaA==");
    assertThat(lowered.toString()).doesNotContain("hush").doesNotContain("aHVzaA==");
  }

  @Test
  void ofTextsThatNoVariableCanCarryAreRefused() {
    PlannedMount large = new PlannedMount.TextMount("x".repeat(50_000), "/etc/large", PLACE);
    PlannedMount half = new PlannedMount.TextMount("x".repeat(47_000), "/etc/half", PLACE);
    PlannedMount other = new PlannedMount.TextMount("x".repeat(47_000), "/etc/other", PLACE);
    assertThat(said(lower(candidate("test").mount(large))))
        .singleElement()
        .asString()
        .contains("the text for /etc/large is too large for Fargate");
    assertThat(said(lower(candidate("test").mount(half)))).isEmpty();
    assertThat(said(lower(candidate("test").mount(half).mount(other))))
        .singleElement()
        .asString()
        .contains("the text for /etc/other is too large for Fargate");
  }

  @Test
  void onlyOfTheWorkspaceMakeTheStageReadIt() {
    PlannedMount text = new PlannedMount.TextMount("hush", "/run/secrets/s", PLACE);
    PlannedMount volume = new PlannedMount.VolumeMount("data", "/data", false, PLACE);
    assertThat(readsWorkspace(candidate("test").mount(text).mount(volume))).isFalse();
    assertThat(readsWorkspace(candidate("test").mount(file("/etc/x/x.conf")))).isTrue();
    assertThat(readsWorkspace(candidate("test").mount(folder("/work/app/sql", "/sql", true))))
        .isTrue();
  }

  private static boolean readsWorkspace(ContainerSample candidate) {
    return FargateLowering.readsWorkspace(lower(candidate).tasks().getFirst().definition());
  }

  @Test
  void ofSingleFilesAreRefusedWhereTheyCannotBePlaced() {
    assertThat(said(lower(candidate("t").user("app").mount(file("/etc/x")))))
        .singleElement()
        .asString()
        .contains("the container's user is not root")
        .contains("Mount its folder instead");
    assertThat(said(lower(candidate("t").readOnly().mount(file("/etc/x")))).getFirst())
        .contains("read_only");
    FargateLowered unknown =
        FargateLowering.lower(
            ContainerSample.plan(SIZE, List.of(), candidate("t").mount(file("/etc/x"))),
            ImageConfigs.NONE,
            OPTIONS);
    assertThat(unknown.refused()).isTrue();
    assertThat(said(unknown).getFirst()).contains("not known");
    FargateLowered imageUser =
        FargateLowering.lower(
            ContainerSample.plan(SIZE, List.of(), candidate("t").mount(file("/etc/x"))),
            _ -> Optional.of(image("1000")),
            OPTIONS);
    assertThat(said(imageUser).getFirst()).contains("not root");
  }

  @Test
  void ofSingleFilesInsideOfAVolumeArePlacedByAnyUser() {
    FargateLowered lowered =
        lower(
            candidate("t")
                .user("1000:1000")
                .readOnly()
                .mount(new PlannedMount.VolumeMount("data", "/data", false, PLACE))
                .mount(file("/data/x")));
    assertThat(said(lowered)).isEmpty();
  }

  @Test
  void ofSingleFilesNeedNoImageWhereUserAndEntryPointAreGiven() {
    FargateLowered lowered =
        FargateLowering.lower(
            ContainerSample.plan(
                SIZE,
                List.of(),
                candidate("t").user("root").entrypoint("run").mount(file("/etc/x"))),
            ImageConfigs.NONE,
            OPTIONS);
    assertThat(said(lowered)).isEmpty();
    assertThat(container(lowered, "t").command()).endsWith("--", "run");
  }
}
