package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest extends RuntimeOnStandIn {
  private static final String CROWDED =
      "Too many concurrent attempts to create a new revision of the specified family.";

  @Test
  void isRegisteredOnceForAllRuns() {
    registers();
    runs();

    runtime.launch(launch());
    runtime.launch(new Launch("r-other/1/1/1", "token-2", definition()));
    runtime(SETTINGS).launch(new Launch("r-third/1/1/1", "token-3", definition()));

    assertThat(ecs.asked("RegisterTaskDefinition")).hasSize(1);
    assertThat(ecs.asked("RunTask")).hasSize(3);
    assertThat(registry.known).containsValue(DEFINITION).hasSize(1);
  }

  @Test
  void isFoundAgainByItsNameWhereTheTableHasForgotten() {
    registers();
    runs();
    runtime.launch(launch());
    String hash = registry.known.keySet().iterator().next();
    registry.known.clear();
    ecs.answers(
        "DescribeTaskDefinition",
        """
        {"taskDefinition": {"taskDefinitionArn": "%s", "status": "ACTIVE"},
         "tags": [{"key": "%s", "value": "%s"}]}\
        """
            .formatted(DEFINITION, HASH, hash));
    ecs.answers("DescribeTaskDefinition", "{}");
    EcsStandIn.Asked first = ecs.asked("DescribeTaskDefinition").getFirst();

    // The first answer of the stand-in, the refusal, was used up by the first launch.
    LaunchAnswer answer = runtime(SETTINGS).launch(launch());

    assertThat(answer).isInstanceOf(LaunchAnswer.Launched.class);
    assertThat(first.body()).contains("audition-shop-Cluster-integration_tests-1-" + hash);
  }

  @Test
  void thatWasRemovedMeanwhileIsRegisteredAgain() {
    registers();
    ecs.refuses("RunTask", 400, "ClientException", "TaskDefinition is inactive");
    runs();

    assertThat(runtime.launch(launch())).isInstanceOf(LaunchAnswer.Launched.class);
    assertThat(ecs.asked("RegisterTaskDefinition")).hasSize(2);
  }

  @Test
  void waitsWhereTooManyAreRegistered() {
    ecs.refuses("DescribeTaskDefinition", 400, "ClientException", "Unable to describe it.");
    ecs.refuses("RegisterTaskDefinition", 400, "ThrottlingException", "Rate exceeded");

    assertThatThrownBy(() -> runtime.launch(launch()))
        .isInstanceOf(RuntimeUnavailableException.class)
        .hasMessageContaining("Rate exceeded");
    assertThat(pauses).hasSize(2);
    assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(ecs.asked("RunTask")).isEmpty();
  }

  /** Two functions launch the first two runs of one composition. */
  @Test
  void thatAnotherRegistersAtTheSameTimeIsTakenFromThere() {
    registers();
    runs();
    runtime.launch(launch());
    String hash = registry.known.keySet().iterator().next();
    registry.known.clear();
    EcsStandIn.Asked first = ecs.asked("RegisterTaskDefinition").getFirst();
    ecs.refuses("DescribeTaskDefinition", 400, "ClientException", "Unable to describe it.");
    ecs.answers(
        "DescribeTaskDefinition",
        """
        {"taskDefinition": {"taskDefinitionArn": "%s", "status": "ACTIVE"},
         "tags": [{"key": "%s", "value": "%s"}]}\
        """
            .formatted(DEFINITION, HASH, hash));
    ecs.refuses("RegisterTaskDefinition", 400, "ClientException", CROWDED);

    assertThat(runtime(SETTINGS).launch(launch())).isInstanceOf(LaunchAnswer.Launched.class);
    assertThat(first.body()).contains(hash);
    assertThat(ecs.asked("RegisterTaskDefinition")).hasSizeLessThanOrEqualTo(3);
    assertThat(registry.known).containsValue(DEFINITION);
  }

  @Test
  void isNoFaultOfTheCompositionWhereOthersKeepRegistering() {
    ecs.refuses("DescribeTaskDefinition", 400, "ClientException", "Unable to describe it.");
    ecs.refuses("RegisterTaskDefinition", 400, "ClientException", CROWDED);

    assertThatThrownBy(() -> runtime.launch(launch()))
        .isInstanceOf(RuntimeUnavailableException.class)
        .hasMessageContaining("Too many concurrent attempts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ClientException | Container audition-stage: Invalid 'memory'. | COMPOSITION",
        "ClientException | Invalid 'cpu' setting for task. | COMPOSITION",
        "ClientException | Role is not valid. | OUTSIDE",
        "AccessDeniedException | no | OUTSIDE",
        "LimitExceededException | too many revisions | OUTSIDE"
      })
  void thatIsRefusedSaysWhoseTroubleItIs(String type, String message, RefusalKind kind) {
    ecs.refuses("DescribeTaskDefinition", 400, "ClientException", "Unable to describe it.");
    ecs.refuses("RegisterTaskDefinition", 400, type, message);

    assertThat(refused())
        .isEqualTo(new LaunchAnswer.Refused(kind, "ECS refused the task definition: " + message));
  }
}
