package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskArn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest extends RuntimeOnStandIn {
  @Test
  void registersTheDefinitionAndRunsIt() {
    registers();
    runs();
    SequencedMap<String, SequencedMap<String, String>> overrides = new LinkedHashMap<>();
    SequencedMap<String, String> message = new LinkedHashMap<>();
    message.put("MESSAGE", "Mend it\n\nwith care");
    overrides.put("test", message);
    LaunchValues values =
        new LaunchValues(new LinkedHashMap<>(), overrides)
            .withFile("test", Map.of("COMMIT", "4f2a9c1=x y"))
            .withFile("audition-stage", Map.of("AUDITION_TEXT_1", "aHVzaA=="));

    LaunchAnswer answer = runtime.launch(launch(definition(), values));

    assertThat(answer).isEqualTo(new LaunchAnswer.Launched(new TaskArn(TASK)));
    assertThat(ecs.actions())
        .containsExactly("DescribeTaskDefinition", "RegisterTaskDefinition", "RunTask");
    assertGolden("register-task-definition", ecs.asked("RegisterTaskDefinition").getFirst().body());
    assertGolden("run-task", ecs.asked("RunTask").getFirst().body());
  }

  @Test
  void writesItsValuesIntoFilesAndNowhereElse() {
    registers();
    runs();
    runtime.launch(
        launch(
            definition(),
            LaunchValues.NONE
                .withFile("test", Map.of("COMMIT", "4f2a9c1=x y"))
                .withFile("audition-stage", Map.of("AUDITION_TEXT_1", "aHVzaA=="))));

    assertThat(blobs.text("env/r-7d2c/1/1/1/test.env")).isEqualTo("COMMIT=4f2a9c1=x y\n");
    assertThat(blobs.text("env/r-7d2c/1/1/1/audition-stage.env"))
        .isEqualTo(
            "AUDITION_TEXT_1=aHVzaA==\n"
                + "AUDITION_WORKSPACE_URL="
                + "https://blobs.test/runs/r-7d2c/workspace.tar.gz?get=PT2H\n");
    assertThat(blobs.text("env/r-7d2c/1/1/1/audition-keeper.env"))
        .isEqualTo(
            "AUDITION_DEADLINE=%d\n".formatted(NOW.plusSeconds(600).getEpochSecond())
                + "AUDITION_ARTIFACTS_URL=https://blobs.test/"
                + "runs/r-7d2c/artifacts/1/1/1/artifacts.tar.gz?put=PT1H10M\n");
    assertThat(blobs.files).hasSize(3);
    assertThat(ecs.asked("RunTask").getFirst().body())
        .contains("arn:aws:s3:::shop-bucket/env/r-7d2c/1/1/1/test.env")
        .doesNotContain("4f2a9c1")
        .doesNotContain("aHVzaA")
        .doesNotContain("https://");
  }

  @Test
  void asksTheSameWhenItIsRepeated() {
    registers();
    runs();

    runtime.launch(launch());
    runtime(SETTINGS).launch(launch());

    assertThat(ecs.asked("RunTask")).hasSize(2);
    assertThat(ecs.asked("RunTask").getFirst().body())
        .isEqualTo(ecs.asked("RunTask").getLast().body());
  }

  @Test
  void adoptsTheTaskItsTokenLaunchedBefore() {
    registers();
    ecs.answers(
        "RunTask",
        400,
        "{\"__type\":\"ConflictException\",\"message\":\"used\",\"resourceIds\":[\"%s\"]}"
            .formatted(TASK));

    assertThat(runtime.launch(launch())).isEqualTo(new LaunchAnswer.Launched(new TaskArn(TASK)));
  }

  @Test
  void asksAgainWhereNobodyFindsTheTaskOfItsToken() {
    registers();
    ecs.answers(
        "RunTask",
        400,
        "{\"__type\":\"ConflictException\",\"message\":\"used\",\"resourceIds\":[]}");
    ecs.answers("ListTasks", "{\"taskArns\":[]}");

    assertThatThrownBy(() -> runtime.launch(launch()))
        .isInstanceOf(RuntimeUnavailableException.class)
        .hasMessageContaining("find the task of a launch");
  }

  @Test
  void givesNoAddressOfTheWorkspaceWhereNothingOfItIsMounted() {
    registers();
    runs();
    runtime.launch(launch(definition("{\"folders\":{},\"files\":{}}"), LaunchValues.NONE));

    assertThat(blobs.files).hasSize(1);
    assertThat(blobs.text("env/r-7d2c/1/1/1/audition-keeper.env")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Capacity is unavailable at this time. Please try again later | CAPACITY",
        "You've reached the limit on the number of vCPUs you can run concurrently | CAPACITY",
        "RESOURCE:ENI | CAPACITY",
        "something nobody has heard of | CAPACITY",
        "MISSING | OUTSIDE",
        "ATTRIBUTE | OUTSIDE"
      })
  void thatStartsNothingIsRefusedByItsReason(String reason, RefusalKind kind) {
    registers();
    ecs.answers("RunTask", "{\"tasks\":[],\"failures\":[{\"reason\":\"%s\"}]}".formatted(reason));

    assertThat(refused()).isEqualTo(new LaunchAnswer.Refused(kind, reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ClientException | You've reached the limit on the number of vCPUs | CAPACITY",
        "LimitExceededException | too many | CAPACITY",
        "AccessDeniedException | not allowed to pass the role | OUTSIDE",
        "ClusterNotFoundException | Cluster not found. | OUTSIDE",
        "InvalidParameterException | subnets must exist | OUTSIDE",
        "BlockedException | Your account is blocked. | OUTSIDE",
        "PlatformTaskDefinitionIncompatibilityException | no | OUTSIDE"
      })
  void thatIsRefusedSaysWhoseTroubleItIs(String type, String message, RefusalKind kind) {
    registers();
    ecs.refuses("RunTask", 400, type, message);

    LaunchAnswer.Refused refused = refused();
    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.reason()).isEqualTo("ECS refused the launch: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "500,ServerException",
    "503,ServiceUnavailable",
    "400,ThrottlingException",
  })
  void thatGotNoAnswerIsNeverTakenForRefused(int status, String type) {
    registers();
    ecs.refuses("RunTask", status, type, "later");

    assertThatThrownBy(() -> runtime.launch(launch()))
        .isInstanceOf(RuntimeUnavailableException.class)
        .hasMessageContaining("could not launch a task");
  }

  @Test
  void thatBreaksOffIsNeverTakenForRefused() {
    registers();
    runs();
    runtime.launch(launch());
    ecs.close();

    assertThatThrownBy(() -> runtime.launch(launch()))
        .isInstanceOf(RuntimeUnavailableException.class);
  }

  @Test
  void isDrawnForSpotOnlyTheFirstTime() {
    registers();
    runs();
    FargateTaskRuntime onSpot = runtime(spot(100));
    onSpot.launch(launch());
    onSpot.launch(new Launch("r-7d2c/1/1/2", "token-2", definition()));

    assertThat(ecs.asked("RunTask").getFirst().body())
        .contains("\"capacityProvider\":\"FARGATE_SPOT\"");
    assertThat(ecs.asked("RunTask").getLast().body())
        .contains("\"capacityProvider\":\"FARGATE\"")
        .doesNotContain("SPOT");
  }

  @Test
  void isPutWhereAdmissionCountsItsRun() {
    registers();
    runs();
    FargateTaskRuntime mixed = runtime(spot(50));
    for (int i = 0; i < 20; i++) {
      RunId run = new RunId("r-" + i);
      mixed.launch(new Launch(run + "/1/1/1", "token-" + i, definition()));
      assertThat(ecs.asked("RunTask").getLast().body())
          .contains(
              "\"capacityProvider\":\"%s\""
                  .formatted(
                      CapacityPool.of(run, 50) == CapacityPool.SPOT ? "FARGATE_SPOT" : "FARGATE"));
    }
  }

  @Test
  void isDrawnForSpotAsOftenAsTheShareSays() {
    registers();
    runs();
    FargateTaskRuntime mixed = runtime(spot(30));
    for (int i = 0; i < 200; i++) {
      mixed.launch(new Launch("r-" + i + "/1/1/1", "token-" + i, definition()));
    }

    assertThat(ecs.asked("RunTask").stream().filter(a -> a.body().contains("SPOT")).count())
        .isBetween(35L, 85L);
  }

  private FargateSettings spot(int percent) {
    return new FargateSettings(
        SETTINGS.cluster(),
        SETTINGS.bucket(),
        SETTINGS.subnets(),
        SETTINGS.securityGroups(),
        false,
        SETTINGS.executionRole(),
        SETTINGS.taskRole(),
        SETTINGS.logGroup(),
        SETTINGS.logStreamPrefix(),
        percent);
  }
}
