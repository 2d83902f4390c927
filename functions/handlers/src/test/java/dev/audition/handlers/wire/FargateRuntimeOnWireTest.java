package dev.audition.handlers.wire;

import static dev.audition.core.testkit.TaskEvents.stateOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.ecs.DefinitionRegistry;
import dev.audition.aws.ecs.FargateSettings;
import dev.audition.aws.ecs.FargateTaskRuntime;
import dev.audition.aws.ecs.TaskStateChange;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.Behaviour;
import dev.audition.core.testkit.Behaviour.BecomesHealthy;
import dev.audition.core.testkit.Behaviour.EndsBeforeHealthy;
import dev.audition.core.testkit.Behaviour.Exits;
import dev.audition.core.testkit.Behaviour.HasNoImage;
import dev.audition.core.testkit.Behaviour.IgnoresStop;
import dev.audition.core.testkit.Behaviour.RunsUntilStopped;
import dev.audition.core.testkit.Behaviour.StaysUnhealthy;
import dev.audition.core.testkit.ContainerDraft;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.testkit.TaskEvents;
import dev.audition.core.testkit.TaskRuntimeContract;
import dev.audition.core.tree.JsonReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runtime of the account keeps the contract that the laptop's keeps, where ECS can show it. It
 * cannot show when a container started, has no condition LISTENING, and tells nobody of health.
 */
@Tag("docker")
final class FargateRuntimeOnWireTest implements TaskRuntimeContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path logs;
  private final TaskEvents events = new TaskEvents();
  private final String runId = "t" + UUID.randomUUID().toString().substring(0, 12);
  private DockerEcs ecs;
  private TaskRuntime runtime;

  @BeforeEach
  void start() {
    ecs = new DockerEcs(logs, LaunchSources.NONE);
    runtime =
        new OneEssential(
            new FargateTaskRuntime(
                AwsAccess.withKeys(Arns.SAMPLE.region(), "local", "local-secret")
                    .at(ecs.wire().endpoint()),
                new FargateSettings(
                    Arns.SAMPLE.clusterArn(),
                    "bucket",
                    List.of("subnet-1"),
                    List.of("sg-1"),
                    true,
                    "arn:aws:iam::123456789012:role/execution",
                    "",
                    "/audition",
                    FargateSettings.LOG_STREAM_PREFIX,
                    0),
                new MemoryBlobs(),
                new MemoryDefinitions(),
                InstantSource.system()));
    ecs.wire()
        .events()
        .subscribe(
            event ->
                TaskStateChange.read(JsonReader.read(event, "event"))
                    .map(OneEssential::without)
                    .ifPresent(events));
  }

  @AfterEach
  void close() {
    ecs.close();
  }

  @Override
  public TaskRuntime runtime() {
    return runtime;
  }

  @Override
  public TaskEvents events() {
    return events;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public ContainerDraft container(String name, Behaviour behaviour) {
    return switch (behaviour) {
      case Behaviour.Exits exits -> shell(name, "exit " + exits.exitCode());
      case Behaviour.RunsUntilStopped runs -> shell(name, untilStopped(runs.exitCode()));
      case Behaviour.IgnoresStop _ ->
          ContainerDraft.of(name, FargateImages.SHELL).entryPoint("sleep").command("1000");
      case Behaviour.BecomesHealthy _ ->
          shell(name, "(sleep 0.4; touch /tmp/up) & " + untilStopped(0))
              .health(check("test -e /tmp/up"));
      case Behaviour.StaysUnhealthy _ -> shell(name, untilStopped(0)).health(check("exit 1"));
      case Behaviour.EndsBeforeHealthy ends ->
          shell(name, "sleep 0.5; exit " + ends.exitCode()).health(check("exit 1"));
      case Behaviour.Listens _, Behaviour.NeverListens _ ->
          throw new IllegalArgumentException("container: it listens (expected: one that ECS has)");
      case Behaviour.HasNoImage _ -> ContainerDraft.of(name, "audition.local/no-such-image:0");
      case Behaviour.HasNoCommand _ ->
          ContainerDraft.of(name, FargateImages.SHELL).entryPoint("/no/such/command");
    };
  }

  private static ContainerDraft shell(String name, String script) {
    return ContainerDraft.of(name, FargateImages.SHELL).shell(script);
  }

  private static String untilStopped(int exitCode) {
    return "trap 'exit %d' TERM; sleep 1000 & wait".formatted(exitCode);
  }

  /** The least that ECS takes. */
  private static HealthCheck check(String script) {
    return new HealthCheck(
        List.of("CMD-SHELL", script),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        1,
        Duration.ZERO,
        false);
  }

  /** ECS gives no times of containers; the gate itself is what counts. */
  @Test
  @Override
  public void successWaitsForTheEnd() {
    TaskArn task =
        launch(
            shell("migrate", "sleep 0.5; exit 0"),
            container("test", new Exits(0))
                .essential()
                .after("migrate", ContainerCondition.SUCCESS));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(events().of(task))
        .filteredOn(event -> stateOf(event, "migrate").exitCode() == null)
        .allMatch(event -> stateOf(event, "test").exitCode() == null);
  }

  /** The agent gives the exit code 143 to what never ran, and says so in the reason. */
  @Test
  @Override
  public void failedDependencyEndsItsDependentWithoutExitCode() {
    TaskArn task =
        launch(
            container("migrate", new Exits(5)),
            container("app", new RunsUntilStopped(0)).after("migrate", ContainerCondition.SUCCESS),
            container("test", new Exits(0)).essential().after("app", ContainerCondition.START));

    TaskDescription stopped = events().awaitStopped(task);

    ContainerDescription app = stateOf(stopped, "app");
    assertThat(app.exitCode()).isEqualTo(143);
    assertThat(app.reason()).startsWith("CannotStartContainerError: dependency graph: ");
    assertThat(stopped.stopCode()).isEqualTo(StopCode.TASK_FAILED_TO_START);
    assertThat(stopped.startedAt()).isNull();
  }

  /** As above. */
  @Test
  @Override
  public void endBeforeHealthyEndsTheDependent() {
    TaskArn task =
        launch(
            container("db", new EndsBeforeHealthy(0)),
            container("test", new Exits(0)).essential().after("db", ContainerCondition.HEALTHY));

    TaskDescription stopped = events().awaitStopped(task);

    assertThat(stateOf(stopped, "test").exitCode()).isEqualTo(143);
    assertThat(stateOf(stopped, "test").reason()).contains("\"db\" ended");
    assertThat(stateOf(stopped, "db").exitCode()).isZero();
  }

  /** As above. */
  @Test
  @Override
  public void missingImageStopsTheContainerAndNoOther() {
    TaskArn task =
        launch(
            container("typo", new HasNoImage()),
            container("web", new RunsUntilStopped(0)),
            container("test", new Exits(0)).after("typo", ContainerCondition.START));

    ContainerDescription typo = events().awaitStopped(task, "typo");
    ContainerDescription test = events().awaitStopped(task, "test");
    events().awaitRunning(task, "web");

    assertThat(typo.exitCode()).isNull();
    assertThat(typo.reason()).startsWith("CannotPullContainerError: ");
    assertThat(test.exitCode()).isEqualTo(143);
    runtime().stop(task, "end of the test");
    events().awaitStopped(task);
  }

  /** Two seconds are the least that ECS takes. */
  @Test
  @Override
  public void containerThatIgnoresItsStopSignalIsKilled() {
    TaskArn task = launch(container("deaf", new IgnoresStop()).stopTimeout(Duration.ofSeconds(2)));
    events().awaitRunning(task, "deaf");

    runtime().stop(task, "cancelled");

    assertThat(stateOf(events().awaitStopped(task), "deaf").exitCode()).isEqualTo(137);
  }

  /** Health is described, not told. */
  @Test
  @Override
  public void healthyWaitsForTheCheck() {
    TaskArn task =
        launch(
            container("db", new BecomesHealthy()),
            container("test", new RunsUntilStopped(0))
                .essential()
                .after("db", ContainerCondition.HEALTHY));

    awaitHealth(task, HealthStatus.HEALTHY);

    events().awaitRunning(task, "test");
    runtime().stop(task, "end of the test");
    events().awaitStopped(task);
  }

  /** Health is described, not told, and without what the check said. */
  @Test
  @Override
  public void unhealthySaysWhatTheCheckSaid() {
    TaskArn task =
        launch(
            container("db", new StaysUnhealthy()),
            container("test", new Exits(0)).essential().after("db", ContainerCondition.HEALTHY));

    awaitHealth(task, HealthStatus.UNHEALTHY);

    runtime().stop(task, "hopeless");
    assertThat(stateOf(events().awaitStopped(task), "test").exitCode()).isNull();
  }

  private void awaitHealth(TaskArn task, HealthStatus health) {
    Eventually.within(
        PATIENCE,
        "db is " + health,
        () -> stateOf(runtime().describe(List.of(task)).getFirst(), "db").health() == health);
  }

  /** ECS names the task that the token launched, and the runtime adopts it. */
  @Test
  @Override
  public void sameTokenForAnotherDefinitionIsRefused() {
    TaskArn first = launch(container("db", new RunsUntilStopped(0)));

    LaunchAnswer second =
        runtime()
            .launch(
                new Launch(
                    runId() + "/1/1/1",
                    runId(),
                    definition(container("other", new RunsUntilStopped(0)))));

    assertThat(second).isEqualTo(new LaunchAnswer.Launched(first));
    assertThat(ecs.wire().launches(runId() + "/1/1/1")).isEqualTo(1);
    runtime().stop(first, "end of the test");
    events().awaitStopped(first);
  }

  /** On Fargate a container of ours dials: {@code FargateTasksTest}. */
  @Override
  public void listeningWaitsForAPort() {}

  /** On Fargate a container of ours dials: {@code FargateTasksTest}. */
  @Override
  public void dependentsStartWhenTheLimitOfListeningHasPassed() {}

  private static final class MemoryDefinitions implements DefinitionRegistry {
    private final Map<String, String> known = new ConcurrentHashMap<>();

    @Override
    public Optional<String> find(String hash) {
      return Optional.ofNullable(known.get(hash));
    }

    @Override
    public boolean remembers(String hash) {
      return known.containsKey(hash);
    }

    @Override
    public void put(String hash, String arn) {
      known.put(hash, arn);
    }

    @Override
    public void forget(String hash) {
      known.remove(hash);
    }
  }
}
