package dev.audition.local.runtime;

import static dev.audition.local.runtime.DockerRuntimeFixture.shell;
import static dev.audition.local.runtime.DockerRuntimeFixture.untilStopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskVolume;
import dev.audition.core.testkit.ContainerDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removal by somebody who knows nothing but the labels, the maker being gone. */
@Tag("docker")
final class TaskRemovalTest {
  @TempDir Path logs;
  @TempDir Path shared;
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
  void stopsAgainstTheDirectionOfDependenciesAndRemovesEverything() throws IOException {
    launch(
        tells("db", "db"),
        tells("app", "app").after("db", ContainerCondition.START),
        tells("test", "test").after("app", ContainerCondition.START));
    // The maker dies without a word.
    fixture.runtime.close();

    new TaskRemoval(fixture.engine).removeRun(fixture.runId);

    assertThat(Files.readAllLines(shared.resolve("ends"))).containsExactly("test", "app", "db");
    assertThat(fixture.left()).isEmpty();
  }

  @Test
  void givesEachContainerItsOwnGrace() {
    launch(
        ContainerDraft.of("deaf", DockerRuntimeFixture.SHELL_IMAGE)
            .entryPoint("sleep")
            .command("1000")
            .stopTimeout(Duration.ofSeconds(1)),
        shell("test", untilStopped(0)).stopTimeout(Duration.ofSeconds(60)));
    fixture.runtime.close();
    long begin = System.nanoTime();

    new TaskRemoval(fixture.engine).removeRun(fixture.runId);

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    assertThat(fixture.left()).isEmpty();
  }

  @Test
  void twoAtOnceDoNoHarm() {
    launch(tells("db", "db"), tells("test", "test").after("db", ContainerCondition.START));
    fixture.runtime.close();

    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> new TaskRemoval(fixture.engine).removeOwner(fixture.owner));
    new TaskRemoval(fixture.engine).removeRun(fixture.runId);
    other.join();

    assertThat(fixture.left()).isEmpty();
  }

  @Test
  void leavesOtherRunsAlone() {
    TaskArn task = launch(tells("db", "db"));

    new TaskRemoval(fixture.engine).removeRun("another-run");
    new TaskRemoval(fixture.engine).removeOwner("another-owner");
    new TaskRemoval(fixture.engine).removeTask(new TaskArn("arn:audition:local:task/another"));

    assertThat(fixture.left()).hasSize(3);
    assertThat(fixture.runtime.describe(List.of(task)).getFirst().stoppedAt()).isNull();
  }

  @Test
  void whatIsKeptStaysUntilItIsRemoved() {
    try (DockerRuntimeFixture keeping = new DockerRuntimeFixture(logs, true)) {
      TaskArn task = launch(keeping, shell("test", "exit 1").essential());
      keeping.events.awaitStopped(task);
      keeping.runtime.close();
      assertThat(keeping.left()).isNotEmpty();

      new TaskRemoval(keeping.engine).removeRun(keeping.runId);

      assertThat(keeping.left()).isEmpty();
    }
  }

  /** A container that notes its end in a file that all of them share. */
  private static ContainerDraft tells(String name, String word) {
    return shell(name, "trap 'echo " + word + " >> /shared/ends; exit 0' TERM; sleep 1000 & wait")
        .mount("shared", "/shared")
        .mount("data", "/data");
  }

  private TaskArn launch(ContainerDraft... containers) {
    return launch(fixture, containers);
  }

  private TaskArn launch(DockerRuntimeFixture in, ContainerDraft... containers) {
    TaskDefinition definition =
        new TaskDefinition(
            "removal",
            new TaskSize(1024, 2048),
            Arrays.stream(containers).map(ContainerDraft::build).toList(),
            List.of(
                new TaskVolume.Host("shared", shared.toString(), false),
                new TaskVolume.Empty("data")),
            new LinkedHashMap<>(),
            "");
    LaunchAnswer answer = in.runtime.launch(new Launch(in.runId + "/1/1/1", in.runId, definition));
    TaskArn task = ((LaunchAnswer.Launched) answer).taskArn();
    for (ContainerDraft container : containers) {
      in.events.awaitContainer(
          task, container.build().name(), "was started", one -> one.startedAt() != null);
    }
    return task;
  }
}
