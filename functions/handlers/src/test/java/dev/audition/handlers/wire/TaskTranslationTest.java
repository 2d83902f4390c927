package dev.audition.handlers.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskTranslationTest {
  private static final String DEFINITION =
      """
      {"family": "sample", "cpu": "512", "memory": "1024",
       "volumes": [{"name": "data"}],
       "containerDefinitions": [
         {"name": "db", "image": "postgres:16", "essential": false,
          "command": ["postgres"], "stopTimeout": 7, "user": "0",
          "environment": [{"name": "A", "value": "definition"}, {"name": "B", "value": "1"}],
          "secrets": [{"name": "TOKEN", "valueFrom": "arn:secret"}],
          "dependsOn": [{"containerName": "stage", "condition": "SUCCESS"}],
          "mountPoints": [{"sourceVolume": "data", "containerPath": "/data", "readOnly": true}],
          "linuxParameters": {"tmpfs": [{"containerPath": "/tmp", "size": 64}]},
          "healthCheck": {"command": ["CMD", "true"], "interval": 5, "retries": 2}},
         {"name": "stage", "image": "python:3.13"}]}
      """;

  private static final LaunchSources SOURCES =
      new LaunchSources() {
        @Override
        public Optional<String> object(String bucket, String key) {
          return key.equals("runs/1/db.env")
              ? Optional.of("# per run\nA=file\nC=per run\nEMPTY=\nC=later=and more\n")
              : Optional.empty();
        }

        @Override
        public Optional<String> secret(String valueFrom) {
          return valueFrom.equals("arn:secret") ? Optional.of("hush") : Optional.empty();
        }

        @Override
        public List<Integer> exposedPorts(String image) {
          return image.startsWith("postgres") ? List.of(5432) : List.of();
        }
      };

  private static TaskDefinition translate(LaunchSources sources, String overrides) {
    Fields json = Fields.parse(DEFINITION);
    RegisteredDefinition registered =
        new RegisteredDefinition(
            "arn", "sample", 1, RegisteredDefinition.Status.ACTIVE, json.object(), Instant.EPOCH);
    return new TaskTranslation(sources)
        .translate(registered, Fields.parse(overrides), name -> Map.of("OWN", name));
  }

  private static ContainerDefinition db(String overrides) {
    return translate(SOURCES, overrides).containers().getFirst();
  }

  @Test
  void whatWasRegisteredIsWhatRuns() {
    TaskDefinition task = translate(SOURCES, "{}");
    ContainerDefinition db = task.containers().getFirst();

    assertThat(task.size().cpuUnits()).isEqualTo(512);
    assertThat(task.volumes()).containsExactly(new TaskVolume.Empty("data"));
    assertThat(db.essential()).isFalse();
    assertThat(task.containers().getLast().essential()).isTrue();
    assertThat(db.entryPoint()).isNull();
    assertThat(db.command()).containsExactly("postgres");
    assertThat(db.stopTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(task.containers().getLast().stopTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(db.dependsOn().getFirst().containerName()).isEqualTo("stage");
    assertThat(db.mountPoints().getFirst().readOnly()).isTrue();
    assertThat(db.tmpfs().getFirst().options()).containsExactly("size=64m");
    assertThat(db.ports()).containsExactly(5432);
    assertThat(db.healthCheck())
        .isEqualTo(
            new HealthCheck(
                List.of("CMD", "true"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                2,
                Duration.ZERO,
                false));
  }

  @Test
  void definitionBeatsTheFileAndTheLaunchBeatsBoth() {
    ContainerDefinition db =
        db(
            """
            {"containerOverrides": [{"name": "db", "command": ["other"],
             "environment": [{"name": "B", "value": "launch"}],
             "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/runs/1/db.env"}]}]}
            """);

    assertThat(db.command()).containsExactly("other");
    assertThat(db.environment())
        .containsEntry("A", "definition")
        .containsEntry("B", "launch")
        .containsEntry("C", "later=and more")
        .containsEntry("TOKEN", "hush")
        .containsEntry("OWN", "db")
        .doesNotContainKey("EMPTY");
  }

  @Test
  void lineThatIsTooLongForTheAgentFailsTheTask() {
    assertThatExceptionOfType(ResourceInitializationException.class)
        .isThrownBy(() -> EnvironmentFile.parse("LONG=" + "x".repeat(65_536)))
        .withMessageContaining("token too long");
  }

  @Test
  void secretThatCannotBeHadIsSaidAsEcsSaysIt() {
    assertThatExceptionOfType(ResourceInitializationException.class)
        .isThrownBy(() -> translate(LaunchSources.NONE, "{}"))
        .withMessageStartingWith(
            "ResourceInitializationError: unable to pull secrets or registry auth");
  }
}
