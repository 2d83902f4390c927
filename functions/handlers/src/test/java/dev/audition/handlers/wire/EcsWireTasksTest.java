package dev.audition.handlers.wire;

import static dev.audition.handlers.wire.WireFixture.container;
import static dev.audition.handlers.wire.WireFixture.essential;
import static dev.audition.handlers.wire.WireFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.audition.core.task.StopCode;
import dev.audition.core.testkit.ContainerScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** The life of a task as the SDK sees it. */
final class EcsWireTasksTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final ContainerOverride ENVIRONMENT =
      ContainerOverride.builder()
          .name("tests")
          .environmentFiles(
              EnvironmentFile.builder()
                  .type("s3")
                  .value("arn:aws:s3:::bucket/runs/1/tests.env")
                  .build())
          .build();

  private WireFixture fixture = new WireFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void launchedTaskIsShownUntilItsEndAndAfterIt() {
    fixture.runtime.script("tests", ContainerScript.exits(3, Duration.ofSeconds(5)));

    Task launched = fixture.launched(essential("tests"));
    Task running = fixture.describe(launched.taskArn());
    fixture.advance(Duration.ofSeconds(10));
    Task stopped = fixture.describe(launched.taskArn());

    assertThat(launched.taskArn())
        .startsWith("arn:aws:ecs:eu-central-1:123456789012:task/audition/");
    assertThat(launched.startedBy()).isEqualTo("run-1/1/1/1");
    assertThat(launched.createdAt()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(running.desiredStatus()).isEqualTo("RUNNING");
    assertThat(running.containers()).extracting(Container::exitCode).containsOnlyNulls();
    assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(stopped.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(stopped.containers().getFirst().exitCode()).isEqualTo(3);
    assertThat(stopped.stoppedAt()).isEqualTo("2026-01-01T00:00:05Z");
  }

  @Test
  void endIsToldByEventsOfGrowingVersion() {
    fixture.runtime.script("tests", ContainerScript.exits(0, Duration.ofSeconds(5)));
    Task launched = fixture.launched(essential("tests"));

    fixture.advance(Duration.ofSeconds(10));

    Fields stopped = fixture.stopped();
    List<Fields> details = fixture.details(1);
    assertThat(stopped.text("taskArn")).isEqualTo(launched.taskArn());
    assertThat(stopped.text("clusterArn")).isEqualTo(Arns.SAMPLE.clusterArn());
    assertThat(stopped.text("stopCode")).isEqualTo("EssentialContainerExited");
    assertThat(stopped.text("stoppedAt")).isEqualTo("2026-01-01T00:00:05.000Z");
    assertThat(container(stopped, "tests").text("exitCode")).isEqualTo("0");
    assertThat(texts(details, "version")).startsWith("1", "2").doesNotHaveDuplicates();
    assertThat(texts(details, "lastStatus")).endsWith("DEPROVISIONING", "STOPPED");
    assertThat(fixture.events.getFirst().text("detail-type")).isEqualTo("ECS Task State Change");
    assertThat(fixture.events.getFirst().texts("resources")).containsExactly(launched.taskArn());
    assertThat(fixture.describe(launched.taskArn()).version())
        .isEqualTo(Long.parseLong(stopped.text("version")));
  }

  @Test
  void healthIsDescribedAndNeverTold() {
    fixture.runtime.script("db", ContainerScript.stays().healthy(SECOND));
    Task launched =
        fixture.launched(
            essential("db").toBuilder()
                .healthCheck(check -> check.command("CMD-SHELL", "pg_isready"))
                .build());

    fixture.advance(Duration.ofMillis(500));
    Task before = fixture.describe(launched.taskArn());
    fixture.advance(SECOND);
    Task after = fixture.describe(launched.taskArn());
    stop(launched, "enough");
    fixture.advance(Duration.ofSeconds(60));
    fixture.stopped();

    assertThat(before.containers().getFirst().healthStatusAsString()).isEqualTo("UNKNOWN");
    assertThat(after.containers().getFirst().healthStatusAsString()).isEqualTo("HEALTHY");
    assertThat(after.version()).isEqualTo(before.version());
    assertThat(fixture.details(1).toString()).doesNotContain("healthStatus");
  }

  @Test
  void dependentOfWhatFailedIsStoppedWith143AndNeverRan() {
    fixture.runtime.script(
        "tests",
        ContainerScript.cannotStart(
            "CannotStartContainerError: dependency graph: \"migrate\" had to end with 0"));
    Task launched = fixture.launched(essential("keeper"), container("tests"));

    fixture.advance(Duration.ofSeconds(3));

    Container tests =
        fixture.describe(launched.taskArn()).containers().stream()
            .filter(container -> container.name().equals("tests"))
            .findFirst()
            .orElseThrow();
    assertThat(tests.exitCode()).isEqualTo(143);
    assertThat(tests.reason()).startsWith("CannotStartContainerError: dependency graph: ");
    assertThat(tests.runtimeId()).isNull();
  }

  @Test
  void stopNamesItsReasonAndTheFirstOneStays() {
    Task launched = fixture.launched(essential("tests"));
    fixture.advance(SECOND);

    stop(launched, "deadline");
    stop(launched, "another");
    fixture.advance(Duration.ofSeconds(60));

    Task stopped = fixture.describe(launched.taskArn());
    assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
    assertThat(stopped.stoppedReason()).isEqualTo("deadline");
  }

  @Test
  void stopOfAnUnknownTaskIsRefused() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(
            () ->
                fixture.client.stopTask(
                    request -> request.cluster(Arns.SAMPLE.clusterArn()).task("unknown")))
        .withMessageContaining("The referenced task was not found.");
  }

  @Test
  void interruptionIsBlamedOnSpot() {
    Task launched = fixture.launched(essential("tests"));
    fixture.advance(SECOND);

    fixture.wire.interrupt(
        launched.taskArn(), StopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.");
    fixture.advance(Duration.ofSeconds(60));

    assertThat(fixture.stopped().text("stopCode")).isEqualTo("SpotInterruption");
    assertThat(fixture.stopped().text("stoppedReason"))
        .isEqualTo("Your Spot Task was interrupted.");
  }

  @Test
  void tasksAreListedByWhoStartedThemWhileTheyRun() {
    Task launched = fixture.launched(essential("tests"));

    assertThat(listed("run-1/1/1/1")).containsExactly(launched.taskArn());
    assertThat(listed("run-2/1/1/1")).isEmpty();
    stop(launched, "enough");
    fixture.advance(Duration.ofSeconds(60));
    assertThat(listed("run-1/1/1/1")).isEmpty();
    assertThat(
            fixture
                .client
                .listTasks(
                    request ->
                        request
                            .cluster(Arns.SAMPLE.clusterArn())
                            .desiredStatus(DesiredStatus.STOPPED))
                .taskArns())
        .containsExactly(launched.taskArn());
    fixture.wire.forgetStopped();
    assertThat(described(launched.taskArn())).containsExactly("MISSING");
  }

  @Test
  void startedByTakesNoOtherFilter() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(
            () ->
                fixture.client.listTasks(
                    request ->
                        request
                            .cluster(Arns.SAMPLE.clusterArn())
                            .startedBy("run-1/1/1/1")
                            .desiredStatus(DesiredStatus.STOPPED)));
  }

  @Test
  void listsComeInPages() {
    String definition = fixture.register("sample", essential("tests"));
    fixture.client.runTask(fixture.launch(definition, "one").toBuilder().count(3).build());

    var pages =
        fixture.client.listTasksPaginator(
            request -> request.cluster(Arns.SAMPLE.clusterArn()).maxResults(2));

    assertThat(pages.stream().map(page -> page.taskArns().size())).containsExactly(2, 1);
  }

  @Test
  void tagsAreDescribedWhereTheyAreAskedFor() {
    RunTaskRequest launch =
        fixture.launch(fixture.register("sample", essential("tests")), "token").toBuilder()
            .tags(Tag.builder().key("audition:run").value("run-1").build())
            .build();
    String arn = fixture.client.runTask(launch).tasks().getFirst().taskArn();

    assertThat(fixture.describe(arn).tags()).isEmpty();
    assertThat(
            fixture
                .client
                .describeTasks(
                    request ->
                        request
                            .cluster(Arns.SAMPLE.clusterArn())
                            .tasks(arn)
                            .include(TaskField.TAGS))
                .tasks()
                .getFirst()
                .tags())
        .hasSize(1);
  }

  @Test
  void environmentFileThatIsMissingEndsTheTaskBeforeItStarts() {
    RunTaskRequest launch =
        fixture.launch(fixture.register("sample", essential("tests")), "token").toBuilder()
            .overrides(overrides -> overrides.containerOverrides(ENVIRONMENT))
            .build();

    String arn = fixture.client.runTask(launch).tasks().getFirst().taskArn();

    Task stopped = fixture.describe(arn);
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(stopped.stoppedReason()).startsWith("ResourceInitializationError: ");
    assertThat(stopped.containers().getFirst().exitCode()).isNull();
    assertThat(fixture.stopped().text("stopCode")).isEqualTo("TaskFailedToStart");
    assertThat(fixture.runtime.launched()).isEmpty();
  }

  @Test
  void environmentFileIsReadAndOverridesAreEchoedInEvents() {
    fixture.close();
    fixture =
        new WireFixture(
            (bucket, key) ->
                bucket.equals("bucket") && key.equals("runs/1/tests.env")
                    ? Optional.of("COLOUR=blue")
                    : Optional.empty());
    RunTaskRequest launch =
        fixture.launch(fixture.register("sample", essential("tests")), "token").toBuilder()
            .overrides(overrides -> overrides.containerOverrides(ENVIRONMENT))
            .build();

    fixture.client.runTask(launch);
    fixture.advance(SECOND);

    String told = fixture.details(1).getFirst().object().toString();
    assertThat(told).contains("runs/1/tests.env").doesNotContain("blue");
    assertThat(fixture.runtime.launched()).containsExactly("run-1/1/1/1");
  }

  @Test
  void otherClusterIsNotFound() {
    RunTaskRequest launch =
        fixture.launch(fixture.register("sample", essential("tests")), "token").toBuilder()
            .cluster("other")
            .build();

    assertThatExceptionOfType(ClusterNotFoundException.class)
        .isThrownBy(() -> fixture.client.runTask(launch));
  }

  @Test
  void operationThatIsNotThereIsSaidToBeUnknown() {
    assertThatExceptionOfType(EcsException.class)
        .isThrownBy(() -> fixture.client.listClusters())
        .withMessageContaining("ListClusters");
  }

  private void stop(Task task, String reason) {
    fixture.client.stopTask(
        request -> request.cluster(Arns.SAMPLE.clusterArn()).task(task.taskArn()).reason(reason));
  }

  private List<String> listed(String startedBy) {
    return fixture
        .client
        .listTasks(request -> request.cluster(Arns.SAMPLE.clusterArn()).startedBy(startedBy))
        .taskArns();
  }

  private List<String> described(String arn) {
    return fixture
        .client
        .describeTasks(request -> request.cluster(Arns.SAMPLE.clusterArn()).tasks(arn))
        .failures()
        .stream()
        .map(Failure::reason)
        .toList();
  }
}
