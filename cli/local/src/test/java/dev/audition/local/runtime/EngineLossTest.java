package dev.audition.local.runtime;

import static dev.audition.core.testkit.TaskEvents.stateOf;
import static dev.audition.local.runtime.DockerRuntimeFixture.shell;
import static dev.audition.local.runtime.DockerRuntimeFixture.untilStopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.task.TaskSize;
import dev.audition.core.testkit.ContainerDraft;
import dev.audition.core.testkit.TaskEvents;
import dev.audition.local.docker.DockerEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks when the engine cannot be reached any more. */
@Tag("docker")
final class EngineLossTest {
  @TempDir Path logs;
  private DockerRuntimeFixture fixture;
  private EngineProxy proxy;
  private DockerEngine engine;
  private DockerTaskRuntime runtime;
  private final TaskEvents events = new TaskEvents();

  @BeforeEach
  void connect() {
    fixture = new DockerRuntimeFixture(logs);
    proxy = new EngineProxy(logs.resolve("s"), Path.of(fixture.engine.host().getPath()));
    engine = DockerEngine.connect(proxy.host());
    runtime = runtime(engine);
    runtime.subscribe(events);
  }

  @AfterEach
  void remove() {
    runtime.close();
    engine.close();
    proxy.close();
    fixture.close();
  }

  @Test
  void taskIsLostWithTheEngine() {
    TaskArn task = launch(shell("db", untilStopped(0)), shell("test", untilStopped(0)).essential());
    events.awaitRunning(task, "test");
    events.awaitRunning(task, "db");

    proxy.refuse();

    TaskDescription stopped = events.awaitStopped(task);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.INFRASTRUCTURE_HEALTH);
    assertThat(stopped.stoppedReason()).contains("Docker engine").contains(proxy.host().toString());
    assertThat(stateOf(stopped, "test").exitCode()).isNull();
    assertThat(stateOf(stopped, "db").exitCode()).isNull();
  }

  @Test
  void brokenConnectionIsMadeAgain() {
    TaskArn task = launch(shell("test", "sleep 2; exit 3").essential());
    events.awaitRunning(task, "test");

    proxy.cut();

    TaskDescription stopped = events.awaitStopped(task);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(stateOf(stopped, "test").exitCode()).isEqualTo(3);
  }

  @Test
  void launchWithoutAnEngineIsUnknown() {
    try (DockerEngine nothing =
            DockerEngine.connect(URI.create("unix://" + logs.resolve("no-engine")));
        DockerTaskRuntime unreachable = runtime(nothing)) {
      Launch launch = new Launch(fixture.runId + "/1/1/1", "token", definition(shell("a", "true")));

      assertThatThrownBy(() -> unreachable.launch(launch))
          .isInstanceOf(RuntimeUnavailableException.class)
          .hasMessageContaining("no-engine");
      assertThat(unreachable.find(fixture.runId + "/1/1/1")).isEmpty();
    }
  }

  private DockerTaskRuntime runtime(DockerEngine on) {
    return new DockerTaskRuntime(
        on,
        new EngineImages(on),
        new RuntimeSettings(
            fixture.owner + "-2", logs::resolve, false, InstantSource.system(), _ -> {}));
  }

  private TaskArn launch(ContainerDraft... containers) {
    LaunchAnswer answer =
        runtime.launch(new Launch(fixture.runId + "/1/1/1", fixture.runId, definition(containers)));
    return ((LaunchAnswer.Launched) answer).taskArn();
  }

  private static TaskDefinition definition(ContainerDraft... containers) {
    return new TaskDefinition(
        "loss",
        new TaskSize(1024, 2048),
        Arrays.stream(containers).map(ContainerDraft::build).toList(),
        List.of(),
        new LinkedHashMap<>(),
        "");
  }
}
