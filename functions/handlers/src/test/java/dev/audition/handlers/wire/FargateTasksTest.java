package dev.audition.handlers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.Healthcheck;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.Planner;
import dev.audition.core.task.FargateLowering;
import dev.audition.core.task.FargateOptions;
import dev.audition.core.task.FargateTask;
import dev.audition.core.task.LogOptions;
import dev.audition.core.task.TaskDefinitionJson;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.testkit.SampleService;
import dev.audition.core.tree.JsonWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** The lowering to Fargate, the stage, the keeper and the dialling, as they run on Fargate. */
@Tag("docker")
final class FargateTasksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LISTEN =
      "sleep 1; exec perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => 8080,"
          + " Listen => 5) or die; while (1) { $s->accept() }'";

  @TempDir Path logs;
  private DockerEcs ecs;
  private EcsClient client;

  @BeforeEach
  void start() {
    ecs = new DockerEcs(logs, LaunchSources.NONE);
    client = WireClients.ecs(ecs.wire());
  }

  @AfterEach
  void close() {
    client.close();
    ecs.close();
  }

  @Test
  void candidateFindsItsServiceByNameAndItsEndEndsTheTask() throws Exception {
    Task stopped =
        run(
            0,
            shell("db", "(sleep 0.5; touch /tmp/up) & trap 'exit 0' TERM; sleep 600 & wait")
                .healthcheck("CMD-SHELL", "test -e /tmp/up"),
            candidate("tests", "getent hosts db; exit 4").dependsOn("db"));

    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(exitCode(stopped, "tests")).isEqualTo(4);
    assertThat(exitCode(stopped, "audition-stage")).isZero();
    assertThat(exitCode(stopped, "audition-keeper")).isZero();
    assertThat(output("tests")).contains("127.0.0.1").contains("db");
    Eventually.within(PATIENCE, "nothing is left", () -> ecs.left().isEmpty());
  }

  @Test
  void serviceWithoutCheckIsDialled() throws Exception {
    Task stopped =
        run(
            0,
            shell("web", LISTEN).ports(8080),
            candidate(
                    "tests",
                    "exec perl -MIO::Socket::INET -e"
                        + " 'IO::Socket::INET->new(\"web:8080\") or die $@'")
                .dependsOn("web"));

    assertThat(exitCode(stopped, "tests")).isZero();
    assertThat(output("audition-wait-1")).contains("port 8080 accepts");
  }

  @Test
  void serviceThatNeverBecomesHealthyIsHopeless() throws Exception {
    SampleService app =
        shell("app", "trap 'exit 0' TERM; sleep 600 & wait")
            .with(
                ServiceKey.HEALTHCHECK,
                new Healthcheck(
                    false,
                    List.of("CMD-SHELL", "exit 1"),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    1,
                    null,
                    null));

    Task stopped = run(0, app, candidate("tests", "exit 0").dependsOn("app"));

    assertThat(exitCode(stopped, "audition-keeper")).isEqualTo(65);
    assertThat(exitCode(stopped, "tests")).isNull();
  }

  @Test
  void keeperEndsTheTaskAtItsDeadline() throws Exception {
    Task stopped =
        run(
            Instant.now().plusSeconds(4).getEpochSecond(),
            candidate("tests", "trap 'exit 0' TERM; sleep 600 & wait"));

    assertThat(exitCode(stopped, "audition-keeper")).isEqualTo(66);
    assertThat(exitCode(stopped, "tests")).isZero();
  }

  private static SampleService shell(String name, String script) {
    return SampleService.service(name, FargateImages.SHELL)
        .entrypoint("/bin/sh", "-c")
        .command(script);
  }

  private static SampleService candidate(String name, String script) {
    return SampleService.candidate(name, FargateImages.SHELL)
        .entrypoint("/bin/sh", "-c")
        .command(script);
  }

  /** Run a composition to its end. */
  private Task run(long deadline, SampleService... services) throws Exception {
    String definition = register(lower(services));
    RunTaskRequest.Builder launch =
        RunTaskRequest.builder()
            .cluster(Arns.SAMPLE.clusterArn())
            .taskDefinition(definition)
            .startedBy("run-1/1/1/1")
            .networkConfiguration(
                network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")));
    if (deadline > 0) {
      ContainerOverride keeper =
          ContainerOverride.builder()
              .name("audition-keeper")
              .environment(
                  KeyValuePair.builder()
                      .name("AUDITION_DEADLINE")
                      .value(Long.toString(deadline))
                      .build())
              .build();
      launch.overrides(overrides -> overrides.containerOverrides(keeper));
    }
    String arn = client.runTask(launch.build()).tasks().getFirst().taskArn();
    Eventually.within(PATIENCE, "the task stops", () -> task(arn).lastStatus().equals("STOPPED"));
    return task(arn);
  }

  private Task task(String arn) {
    return client
        .describeTasks(request -> request.cluster(Arns.SAMPLE.clusterArn()).tasks(arn))
        .tasks()
        .getFirst();
  }

  private static FargateTask lower(SampleService... services) {
    Plan plan = Planner.plan(Compositions.pipeline(services), 1, ImageConfigs.NONE);
    return FargateLowering.lower(
            plan,
            ImageConfigs.NONE,
            FargateOptions.of("/work/shop").withOwnImage(FargateImages.OWN))
        .tasks()
        .getFirst();
  }

  private String register(FargateTask task) throws IOException, InterruptedException {
    String json =
        JsonWriter.write(
            TaskDefinitionJson.render(
                task.definition(),
                new LogOptions("audition", Arns.SAMPLE.region(), "run", false),
                new TaskDefinitionJson.Roles("arn:aws:iam::123456789012:role/execution", null)));
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer =
          http.send(
                  HttpRequest.newBuilder(ecs.wire().endpoint())
                      .header(
                          "X-Amz-Target",
                          "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition")
                      .POST(HttpRequest.BodyPublishers.ofString(json))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(answer).as("what ECS says of %s", json).contains("taskDefinitionArn");
      return Fields.parse(answer).object("taskDefinition").text("taskDefinitionArn");
    }
  }

  private static Integer exitCode(Task task, String container) {
    return task.containers().stream()
        .filter(one -> one.name().equals(container))
        .map(Container::exitCode)
        .toList()
        .getFirst();
  }

  private String output(String container) {
    return ecs.output("run-1/1/1/1", container);
  }
}
