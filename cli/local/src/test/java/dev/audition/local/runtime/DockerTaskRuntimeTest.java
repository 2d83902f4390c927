package dev.audition.local.runtime;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.testkit.Behaviour;
import dev.audition.core.testkit.ContainerDraft;
import dev.audition.core.testkit.TaskEvents;
import dev.audition.core.testkit.TaskRuntimeContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
final class DockerTaskRuntimeTest implements TaskRuntimeContract {
  @TempDir Path logs;
  private DockerRuntimeFixture fixture;

  @BeforeEach
  void connect() {
    fixture = new DockerRuntimeFixture(logs);
  }

  @AfterEach
  void remove() {
    fixture.close();
  }

  @Override
  public TaskRuntime runtime() {
    return fixture.runtime;
  }

  @Override
  public TaskEvents events() {
    return fixture.events;
  }

  @Override
  public String runId() {
    return fixture.runId;
  }

  @Override
  public ContainerDraft container(String name, Behaviour behaviour) {
    return DockerRuntimeFixture.container(name, behaviour);
  }
}
