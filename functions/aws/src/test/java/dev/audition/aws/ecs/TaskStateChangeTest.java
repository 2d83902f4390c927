package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.Corpus;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskStateChangeTest {
  private static TreeNode sample(String name) {
    Path file =
        Path.of(
            System.getProperty("audition.project", "../.."),
            "events/task-state-change-" + name + ".json");
    return JsonReader.read(Corpus.text(file), name);
  }

  private static TaskDescription read(String name) {
    return TaskStateChange.read(sample(name)).orElseThrow();
  }

  private static ContainerDescription container(TaskDescription task, String name) {
    return task.containers().stream()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static TreeNode event(String detail) {
    return JsonReader.read(
        "{\"source\":\"aws.ecs\",\"detail-type\":\"ECS Task State Change\",\"detail\":{%s}}"
            .formatted(detail),
        "event");
  }

  @Test
  void saysWhatRuns() {
    TaskDescription task = read("running");

    assertThat(task.taskArn())
        .isEqualTo(
            new TaskArn(
                "arn:aws:ecs:eu-central-1:111122223333:task/audition/"
                    + "6f0c1d3f0b9a4c0f8f4e6a1a2b3c4d5e"));
    assertThat(task.startedBy()).isEqualTo("r-7d2c/1/1/1");
    assertThat(task.version()).isEqualTo(5);
    assertThat(task.lastStatus()).isEqualTo(LastStatus.RUNNING);
    assertThat(task.desiredStatus()).isEqualTo(DesiredStatus.RUNNING);
    assertThat(task.stopCode()).isNull();
    assertThat(task.stoppedReason()).isEmpty();
    assertThat(task.createdAt()).isEqualTo(Instant.parse("2026-11-29T20:00:02.402Z"));
    assertThat(task.startedAt()).isEqualTo(Instant.parse("2026-11-29T20:00:36.871Z"));
    assertThat(task.stoppedAt()).isNull();
    assertThat(container(task, "audition-stage").exitCode()).isZero();
    assertThat(container(task, "db").lastStatus()).isEqualTo(LastStatus.RUNNING);
    assertThat(container(task, "db").exitCode()).isNull();
    assertThat(TaskStateChange.cluster(sample("running")))
        .isEqualTo("arn:aws:ecs:eu-central-1:111122223333:cluster/audition");
  }

  @Test
  void saysTheExitOfAContainerWhileTheTaskIsWanted() {
    TaskDescription task = read("container-ended");

    assertThat(task.desiredStatus()).isEqualTo(DesiredStatus.RUNNING);
    assertThat(container(task, "test").lastStatus()).isEqualTo(LastStatus.STOPPED);
    assertThat(container(task, "test").exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhyATaskStopped() {
    TaskDescription task = read("stopped");

    assertThat(task.lastStatus()).isEqualTo(LastStatus.STOPPED);
    assertThat(task.stopCode()).isEqualTo(StopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(task.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(task.stoppedAt()).isEqualTo(Instant.parse("2026-11-29T20:01:16.027Z"));
    assertThat(container(task, "db").exitCode()).isEqualTo(137);
  }

  @Test
  void givesNoExitCodeToWhatNeverStarted() {
    TaskDescription task = read("pull-failed");

    assertThat(task.stopCode()).isEqualTo(StopCode.TASK_FAILED_TO_START);
    assertThat(container(task, "db").exitCode()).isNull();
    assertThat(container(task, "db").reason()).startsWith("CannotPullContainerError: ");
    assertThat(container(task, "test").reason()).isEmpty();
  }

  @Test
  void keepsTheWordsForWhatKilledAContainer() {
    assertThat(container(read("out-of-memory"), "test").reason())
        .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
    assertThat(container(read("dependency-failed"), "audition-keeper").reason())
        .contains("dependency graph");
  }

  @ParameterizedTest
  @CsvSource({
    "TaskFailedToStart,TASK_FAILED_TO_START",
    "EssentialContainerExited,ESSENTIAL_CONTAINER_EXITED",
    "UserInitiated,USER_INITIATED",
    "ServiceSchedulerInitiated,SERVICE_SCHEDULER_INITIATED",
    "SpotInterruption,SPOT_INTERRUPTION",
    "TerminationNotice,TERMINATION_NOTICE",
    "InfrastructureHealth,INFRASTRUCTURE_HEALTH",
    "SomethingNew,UNKNOWN"
  })
  void knowsTheStopCodesAndToleratesNewOnes(String word, StopCode code) {
    TaskDescription task =
        TaskStateChange.read(event("\"taskArn\":\"a\",\"stopCode\":\"" + word + "\""))
            .orElseThrow();

    assertThat(task.stopCode()).isEqualTo(code);
  }

  @Test
  void takesUnknownWordsAndFieldsForTheLeastTheyCanMean() {
    TaskDescription task =
        TaskStateChange.read(
                event(
                    """
                    "taskArn": "a", "lastStatus": "DREAMING", "desiredStatus": "PERHAPS",
                    "novelty": {"a": [1]}, "version": 3,
                    "containers": [{"name": "c", "lastStatus": "PULLED", "exitCode": null,
                                    "healthStatus": "WOBBLY", "mood": "good"}]\
                    """))
            .orElseThrow();

    assertThat(task.lastStatus()).isEqualTo(LastStatus.PENDING);
    assertThat(task.desiredStatus()).isEqualTo(DesiredStatus.RUNNING);
    assertThat(task.startedBy()).isEmpty();
    assertThat(container(task, "c").lastStatus()).isEqualTo(LastStatus.PENDING);
    assertThat(container(task, "c").exitCode()).isNull();
    assertThat(container(task, "c").ready()).isFalse();
  }

  @Test
  void isNoneForOtherEvents() {
    assertThat(TaskStateChange.read(JsonReader.read("{\"source\":\"aws.s3\"}", "e"))).isEmpty();
    assertThat(TaskStateChange.read(JsonReader.read("[]", "e"))).isEmpty();
  }

  @Test
  void thatSaysNothingIsAFault() {
    assertThatThrownBy(() -> TaskStateChange.read(event("\"version\":1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no taskArn");
    assertThatThrownBy(
            () ->
                TaskStateChange.read(
                    JsonReader.read(
                        "{\"source\":\"aws.ecs\",\"detail-type\":\"ECS Task State Change\"}", "e")))
        .hasMessageContaining("no detail");
    assertThatThrownBy(() -> TaskStateChange.read(event("\"taskArn\":\"a\",\"version\":\"x\"")))
        .hasMessageContaining("/version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"running", "container-ended", "stopped", "pull-failed", "spot-interruption"})
  void saysTheSameAsTheAnswerOfDescribeTasks(String name) {
    String detail = JsonWriter.write(((Mapping) sample(name)).find("detail").orElseThrow());
    // What an answer has in place of the event's times: seconds since 1970.
    String answer =
        Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)\"")
            .matcher(detail)
            .replaceAll(
                match -> {
                  Instant time = Instant.parse(match.group(1));
                  return "%d.%03d".formatted(time.getEpochSecond(), time.getNano() / 1_000_000);
                });
    try (EcsStandIn ecs = new EcsStandIn()) {
      ecs.answers("DescribeTasks", "{\"tasks\":[%s],\"failures\":[]}".formatted(answer));
      FargateTaskRuntime runtime =
          new FargateTaskRuntime(
              ecs.access(),
              RuntimeOnStandIn.SETTINGS,
              new Blobs(),
              new Definitions(),
              Instant::now);

      assertThat(runtime.describe(List.of(new TaskArn("a")))).containsExactly(read(name));
    }
  }

  @Test
  void readsTheDocumentedSample() {
    TreeNode event =
        JsonReader.read(Corpus.text("aws-events/docs-ecs-eventbridge-02.json"), "sample");
    TaskDescription task = TaskStateChange.read(event).orElseThrow();

    assertThat(task.version()).isEqualTo(4);
    assertThat(task.lastStatus()).isEqualTo(LastStatus.RUNNING);
    assertThat(task.startedAt()).isEqualTo(Instant.parse("2020-01-23T17:57:58.103Z"));
    assertThat(container(task, "FargateApp").lastStatus()).isEqualTo(LastStatus.RUNNING);
  }

  @Test
  void leavesTheOtherDocumentedSamplesAlone() {
    for (String name : List.of("docs-ecs-eventbridge-01", "docs-codecommit-eventbridge-01")) {
      String text = Corpus.text("aws-events/" + name + ".json");
      assertThat(TaskStateChange.read(JsonReader.read(text, name))).isEmpty();
    }
  }
}
