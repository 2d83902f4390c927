package dev.audition.local.runtime;

import static dev.audition.core.testkit.TaskEvents.stateOf;
import static dev.audition.local.runtime.DockerRuntimeFixture.definition;
import static dev.audition.local.runtime.DockerRuntimeFixture.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.task.TaskVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of every kind in real containers. */
@Tag("docker")
final class DockerMountsTest {
  @TempDir Path logs;
  @TempDir Path workspace;
  private DockerRuntimeFixture fixture;

  @BeforeEach
  void connect() {
    fixture = new DockerRuntimeFixture(logs);
  }

  @AfterEach
  void remove() {
    fixture.close();
  }

  @Test
  void volumeIsSharedEmptyAndWritableByAnybody() {
    TaskDescription stopped =
        fixture.run(
            List.of(new TaskVolume.Empty("data")),
            Map.of(),
            // /etc is not empty in the image: nothing of it is copied.
            shell(
                    "write",
                    "ls -A /etc | grep -v -e hosts -e hostname -e resolv.conf && exit 9;"
                        + " stat -c %a /etc && echo hello > /etc/note")
                .mount("data", "/etc")
                .readonlyRootFilesystem()
                .user("1000:1000"),
            shell("test", "cat /in/note && ! touch /in/other")
                .mountReadOnly("data", "/in")
                .essential()
                .after("write", ContainerCondition.SUCCESS));

    assertThat(stateOf(stopped, "write").exitCode()).isZero();
    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(fixture.tail("write", 10)).contains("1777");
    assertThat(fixture.tail("test", 10)).contains("hello");
  }

  @Test
  void volumeIsFilledWhereTheImageDeclaresIt() throws IOException {
    Path dockerfile =
        Files.writeString(
            workspace.resolve("Dockerfile"),
            """
            FROM %s
            RUN mkdir /data && echo seed > /data/seed && chown -R 1000:1000 /data && chmod 750 /data
            VOLUME /data/
            """
                .formatted(DockerRuntimeFixture.SHELL_IMAGE));
    String image =
        fixture
            .engine
            .client()
            .buildImageCmd(dockerfile.toFile())
            .withTags(Set.of("audition.local/test:" + fixture.runId))
            .start()
            .awaitImageId();
    try {
      TaskDescription stopped =
          fixture.run(
              List.of(new TaskVolume.Empty("data")),
              Map.of(),
              shell("test", "cat /data/seed && stat -c %a:%u /data && touch /data/mine")
                  .image(image)
                  .user("1000")
                  .mount("data", "/data")
                  .essential());

      assertThat(stateOf(stopped, "test").exitCode()).isZero();
      assertThat(fixture.tail("test", 2)).containsExactly("seed", "750:1000");
    } finally {
      new TaskRemoval(fixture.engine).removeRun(fixture.runId);
      fixture.engine.client().removeImageCmd(image).withForce(true).exec();
    }
  }

  @Test
  void volumesAreRemovedWithTheTask() {
    TaskArn task =
        fixture.launch(
            definition(
                List.of(new TaskVolume.Empty("data"), new TaskVolume.Text("config", "a=b")),
                Map.of(),
                shell("test", "test -d /data").mount("data", "/data").essential()));
    fixture.events.awaitStopped(task);

    fixture.awaitNothingLeft();
  }

  @Test
  void folderAndFileOfTheHostAreMountedInPlace() throws IOException {
    Files.writeString(workspace.resolve("conf.txt"), "from the host");

    TaskDescription stopped =
        fixture.run(
            List.of(
                new TaskVolume.Host("work", workspace.toString(), false),
                new TaskVolume.Host("conf", workspace.resolve("conf.txt").toString(), false),
                new TaskVolume.Host("made", workspace.resolve("a/b").toString(), true)),
            Map.of(),
            shell("test", "cat /etc/app.conf && echo out > /work/out.txt && test -d /made")
                .mount("work", "/work")
                .mountReadOnly("conf", "/etc/app.conf")
                .mount("made", "/made")
                .essential());

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(workspace.resolve("out.txt")).hasContent("out");
    assertThat(workspace.resolve("a/b")).isDirectory();
    assertThat(fixture.tail("test", 1)).containsExactly("from the host");
  }

  @Test
  void hostFolderThatDoesNotExistIsAReason() {
    TaskDescription stopped =
        fixture.run(
            List.of(new TaskVolume.Host("work", workspace + "/missing", false)),
            Map.of(),
            shell("test", "true").mount("work", "/work").essential());

    assertThat(stopped.stopCode()).isEqualTo(StopCode.TASK_FAILED_TO_START);
    assertThat(stateOf(stopped, "test").exitCode()).isNull();
    assertThat(stateOf(stopped, "test").reason())
        .startsWith("CannotCreateContainerError: ")
        .contains("missing");
  }

  @Test
  void textIsAFileThatAnybodyMayRead() {
    TaskDescription stopped =
        fixture.run(
            List.of(new TaskVolume.Text("config", "grüße\n"), new TaskVolume.Text("secret", "s3")),
            Map.of(),
            shell(
                    "test",
                    "cat /run/secrets/one && cat /etc/app/config && ! (echo x > /etc/app/config)"
                        + " 2>/dev/null")
                .mountReadOnly("config", "/etc/app/config")
                .mountReadOnly("secret", "/run/secrets/one")
                .readonlyRootFilesystem()
                .user("1234")
                .essential());

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(fixture.tail("test", 2)).contains("s3grüße");
  }
}
