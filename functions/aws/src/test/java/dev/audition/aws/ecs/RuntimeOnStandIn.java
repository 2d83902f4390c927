package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.AccountOptions;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.testkit.ContainerDraft;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The runtime before a stand-in for ECS. */
abstract class RuntimeOnStandIn {
  static final FargateSettings SETTINGS =
      new FargateSettings(
          "arn:aws:ecs:eu-central-1:111122223333:cluster/shop-Cluster",
          "shop-bucket",
          List.of("subnet-1", "subnet-2"),
          List.of("sg-1"),
          true,
          "arn:aws:iam::111122223333:role/execution",
          "",
          "/audition/shop",
          FargateSettings.LOG_STREAM_PREFIX,
          0);

  static final String HASH = "audition:hash";
  static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
  static final String DEFINITION = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop:1";
  static final String TASK =
      "arn:aws:ecs:eu-central-1:111122223333:task/shop-Cluster/6f0c1d3f0b9a4c0f8f4e6a1a2b3c4d5e";

  final EcsStandIn ecs = new EcsStandIn();
  final Blobs blobs = new Blobs();
  final Definitions registry = new Definitions();
  final List<Duration> pauses = new ArrayList<>();
  final FargateTaskRuntime runtime = runtime(SETTINGS);

  FargateTaskRuntime runtime(FargateSettings settings) {
    return new FargateTaskRuntime(
        ecs.access().client(EcsClient.builder()),
        settings,
        blobs,
        registry,
        InstantSource.fixed(NOW),
        new Backoff(3, pauses::add, RandomGenerator.getDefault()));
  }

  @AfterEach
  void close() {
    ecs.close();
  }

  /** A definition whose stage copies a folder of the workspace. */
  static TaskDefinition definition() {
    return definition("{\"folders\":{\"/audition/volumes/all\":\".\"},\"files\":{}}");
  }

  static TaskDefinition definition(String stageArgument) {
    SequencedMap<String, String> secrets = new LinkedHashMap<>();
    secrets.put("PGPASSWORD", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-AbCdEf");
    return new TaskDefinition(
        "audition-integration_tests-1",
        new TaskSize(1024, 2048),
        List.of(
            ContainerDraft.of("audition-stage", "python").command("-c", "1", stageArgument).build(),
            ContainerDraft.of("audition-keeper", "python").essential().build(),
            ContainerDraft.of("db", "postgres:16")
                .variable("EMPTY", "")
                .memoryMiB(512)
                .after("audition-stage", ContainerCondition.SUCCESS)
                .account(new AccountOptions(secrets, "arn:creds", false))
                .build(),
            ContainerDraft.of("test", "shop-tests:1")
                .account(new AccountOptions(new LinkedHashMap<>(), "", true))
                .build()),
        List.of(),
        new LinkedHashMap<>(),
        "linux/amd64");
  }

  static Launch launch(TaskDefinition definition, LaunchValues values) {
    return new Launch("r-7d2c/1/1/1", "token-1", definition, values, NOW.plusSeconds(600));
  }

  static Launch launch() {
    return launch(definition(), LaunchValues.NONE);
  }

  void registers() {
    ecs.refuses("DescribeTaskDefinition", 400, "ClientException", "Unable to describe it.")
        .answers(
            "RegisterTaskDefinition",
            "{\"taskDefinition\":{\"taskDefinitionArn\":\"%s\"}}".formatted(DEFINITION));
  }

  void runs() {
    ecs.answers("RunTask", "{\"tasks\":[{\"taskArn\":\"%s\"}],\"failures\":[]}".formatted(TASK));
  }

  LaunchAnswer.Refused refused() {
    return (LaunchAnswer.Refused) runtime.launch(launch());
  }

  static void assertGolden(String name, String json) {
    String pretty = JsonWriter.writePretty(JsonReader.read(json, name)) + "\n";
    Path file = Path.of("src/test/resources/dev/audition/aws/ecs", name + ".json");
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(file, pretty);
      }
      assertThat(pretty).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
