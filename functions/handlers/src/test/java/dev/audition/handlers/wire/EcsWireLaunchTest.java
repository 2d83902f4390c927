package dev.audition.handlers.wire;

import static dev.audition.handlers.wire.WireFixture.container;
import static dev.audition.handlers.wire.WireFixture.essential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.audition.handlers.wire.Faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.ServerException;
import software.amazon.awssdk.services.ecs.model.Task;

/** What comes of RunTask and of definitions: tokens, refusals, faults. */
final class EcsWireLaunchTest {
  private final WireFixture fixture = new WireFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private RunTaskRequest launch(String token) {
    return fixture.launch(fixture.register("sample", essential("tests")), token);
  }

  @Test
  void sameTokenLaunchesOnce() {
    RunTaskRequest launch = launch("token");

    Task first = fixture.client.runTask(launch).tasks().getFirst();
    Task second = fixture.client.runTask(launch).tasks().getFirst();

    assertThat(second.taskArn()).isEqualTo(first.taskArn());
    assertThat(fixture.runtime.launched()).hasSize(1);
  }

  @Test
  void sameTokenWithOtherParametersIsAConflictThatNamesTheTask() {
    RunTaskRequest launch = launch("token");
    Task first = fixture.client.runTask(launch).tasks().getFirst();

    ConflictException conflict =
        catchThrowableOfType(
            ConflictException.class,
            () -> fixture.client.runTask(launch.toBuilder().startedBy("run-2/1/1/1").build()));

    assertThat(conflict.resourceIds()).containsExactly(first.taskArn());
  }

  @Test
  void missingCapacityIsAFailureInAnAnswerThatSucceeds() {
    fixture.wire.faults().next("RunTask", Fault.Failure.CAPACITY);
    RunTaskRequest launch = launch("token");

    RunTaskResponse refused = fixture.client.runTask(launch);
    RunTaskResponse again = fixture.client.runTask(launch);

    assertThat(refused.tasks()).isEmpty();
    assertThat(refused.failures().getFirst().reason()).startsWith("Capacity is unavailable");
    assertThat(again.tasks()).hasSize(1);
  }

  @Test
  void quotaCountsWhatHasNotStopped() {
    fixture.wire.quota(1);
    RunTaskRequest launch = launch("first");
    fixture.client.runTask(launch.toBuilder().count(4).build());

    RunTaskResponse refused =
        fixture.client.runTask(launch.toBuilder().clientToken("second").build());

    assertThat(refused.tasks()).isEmpty();
    assertThat(refused.failures().getFirst().reason()).contains("limit on the number of vCPUs");
  }

  @Test
  void launchThatWasNotAnsweredWasDone() {
    fixture.wire.faults().next("RunTask", new Fault.NotAnswered());
    RunTaskRequest launch = launch("token");

    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(() -> fixture.client.runTask(launch));
    Task task = fixture.client.runTask(launch).tasks().getFirst();

    assertThat(fixture.wire.launches("run-1/1/1/1")).isEqualTo(1);
    assertThat(fixture.wire.alive()).containsExactly(task.taskArn());
  }

  @Test
  void droppedLaunchWasNotDone() {
    fixture.wire.faults().next("RunTask", new Fault.Dropped());
    RunTaskRequest launch = launch("token");

    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(() -> fixture.client.runTask(launch));

    assertThat(fixture.wire.alive()).isEmpty();
    assertThat(fixture.wire.requests()).containsEntry("RunTask", 1);
  }

  @Test
  void throttlingAndServerErrorsAreWhatTheSdkTakesThemFor() {
    fixture.wire.faults().next("RunTask", new Fault.Throttled(), new Fault.ServerError());
    RunTaskRequest launch = launch("token");

    EcsException throttled =
        catchThrowableOfType(EcsException.class, () -> fixture.client.runTask(launch));
    EcsException broken =
        catchThrowableOfType(EcsException.class, () -> fixture.client.runTask(launch));

    assertThat(throttled.isThrottlingException()).isTrue();
    assertThat(throttled.statusCode()).isEqualTo(400);
    assertThat(broken).isInstanceOf(ServerException.class);
    assertThat(broken.statusCode()).isEqualTo(500);
  }

  @Test
  void shareOfAllCallsGoesWrong() {
    RunTaskRequest launch = launch("token");
    fixture.wire.faults().share(42, 1, new Fault.Throttled());

    assertThatExceptionOfType(EcsException.class).isThrownBy(() -> fixture.client.runTask(launch));
    fixture.wire.faults().none();
    assertThat(fixture.client.runTask(launch).tasks()).hasSize(1);
  }

  @Test
  void taskThatIsNotSeenYetIsMissing() {
    String arn = fixture.client.runTask(launch("token")).tasks().getFirst().taskArn();
    fixture.wire.faults().next("DescribeTasks", new Fault.NotSeenYet());

    assertThat(
            fixture
                .client
                .describeTasks(request -> request.cluster(Arns.SAMPLE.clusterArn()).tasks(arn))
                .failures())
        .extracting(failure -> failure.reason())
        .containsExactly("MISSING");
    assertThat(fixture.describe(arn).taskArn()).isEqualTo(arn);
  }

  @Test
  void launchWithoutNetworkIsRefused() {
    RunTaskRequest launch = launch("token").toBuilder().networkConfiguration((n) -> {}).build();

    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> fixture.client.runTask(launch))
        .withMessageContaining("Network Configuration must be provided");
  }

  @Test
  void overrideOfNoContainerIsRefusedAndSoIsOneThatIsTooLong() {
    RunTaskRequest launch = launch("token");

    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> fixture.client.runTask(overriding(launch, "ghost", "short")))
        .withMessageContaining("ghost");
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> fixture.client.runTask(overriding(launch, "tests", "x".repeat(8192))))
        .withMessageContaining("8192");
  }

  private static RunTaskRequest overriding(RunTaskRequest launch, String name, String command) {
    return launch.toBuilder()
        .overrides(
            overrides ->
                overrides.containerOverrides(
                    ContainerOverride.builder().name(name).command(command).build()))
        .build();
  }

  @Test
  void definitionThatEcsWouldRefuseIsRefused() {
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> fixture.register("sample", container("tests")))
        .withMessageContaining("essential");
  }

  @Test
  void newestActiveRevisionIsFoundByItsFamily() {
    fixture.register("sample", essential("one"));
    String second = fixture.register("sample", essential("two"));
    String third = fixture.register("sample", essential("three"));

    fixture.client.deregisterTaskDefinition(request -> request.taskDefinition(third));

    assertThat(
            fixture
                .client
                .describeTaskDefinition(request -> request.taskDefinition("sample"))
                .taskDefinition()
                .taskDefinitionArn())
        .isEqualTo(second)
        .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:task-definition/sample:2");
    assertThat(
            fixture
                .client
                .listTaskDefinitions(request -> request.familyPrefix("sample"))
                .taskDefinitionArns())
        .hasSize(2)
        .doesNotContain(third);
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> fixture.client.runTask(fixture.launch(third, "token")))
        .withMessageContaining("inactive");
  }

  @Test
  void definitionIsDeletedOnlyAfterItWasDeregistered() {
    String arn = fixture.register("sample", essential("tests"));

    var early = fixture.client.deleteTaskDefinitions(request -> request.taskDefinitions(arn));
    fixture.client.deregisterTaskDefinition(request -> request.taskDefinition(arn));
    var late = fixture.client.deleteTaskDefinitions(request -> request.taskDefinitions(arn));

    assertThat(early.failures()).hasSize(1);
    assertThat(late.taskDefinitions()).hasSize(1);
    assertThat(late.taskDefinitions().getFirst().statusAsString()).isEqualTo("DELETE_IN_PROGRESS");
  }

  @Test
  void unknownDefinitionIsAnErrorOfTheClient() {
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(
            () -> fixture.client.describeTaskDefinition(request -> request.taskDefinition("none")))
        .withMessageContaining("Unable to describe task definition.");
  }
}
