package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.TreeNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasksOfAClusterTest extends RuntimeOnStandIn {
  @Test
  void areDescribedAHundredAtATime() {
    ecs.answers("DescribeTasks", "{\"tasks\":[],\"failures\":[{\"reason\":\"MISSING\"}]}");
    List<TaskArn> arns = IntStream.range(0, 250).mapToObj(i -> new TaskArn("t" + i)).toList();

    assertThat(runtime.describe(arns)).isEmpty();
    assertThat(ecs.asked("DescribeTasks"))
        .extracting(asked -> ((TreeNode.Sequence) asked.json().find("tasks").get()).items().size())
        .containsExactly(100, 100, 50);
  }

  @Test
  void areFoundRunningOrStopped() {
    ecs.answers("ListTasks", "{\"taskArns\":[\"t1\"]}")
        .answers("ListTasks", "{\"taskArns\":[\"t2\",\"t3\"],\"nextToken\":\"more\"}")
        .answers("ListTasks", "{\"taskArns\":[\"t1\"]}")
        .answers(
            "DescribeTasks",
            """
            {"tasks": [{"taskArn": "t1", "startedBy": "r/1/1/1"},
                       {"taskArn": "t2", "startedBy": "r/1/1/2"},
                       {"taskArn": "t3", "startedBy": "r/1/1/1", "lastStatus": "STOPPED"}]}\
            """);

    assertThat(runtime.find("r/1/1/1"))
        .extracting(TaskDescription::taskArn)
        .containsExactly(new TaskArn("t1"), new TaskArn("t3"));
    assertThat(ecs.asked("ListTasks"))
        .extracting(EcsStandIn.Asked::body)
        .satisfiesExactly(
            body -> assertThat(body).contains("startedBy").doesNotContain("desiredStatus"),
            body -> assertThat(body).contains("STOPPED").doesNotContain("startedBy"),
            body -> assertThat(body).contains("\"nextToken\":\"more\""));
    assertThat(ecs.asked("DescribeTasks")).hasSize(1);
  }

  @Test
  void thatRunAreListedWhoeverLaunchedThem() {
    ecs.answers("ListTasks", "{\"taskArns\":[\"t1\"]}")
        .answers("DescribeTasks", "{\"tasks\":[{\"taskArn\":\"t1\"}]}");

    assertThat(runtime.running()).hasSize(1);
    assertThat(ecs.asked("ListTasks").getFirst().body()).contains("\"desiredStatus\":\"RUNNING\"");
  }

  @Test
  void areStoppedWithAReason() {
    ecs.answers("StopTask", "{\"task\":{}}");

    runtime.stop(new TaskArn("t1"), "audition: timeout " + "x".repeat(400));

    assertThat(ecs.asked("StopTask").getFirst().json().keys())
        .containsExactlyInAnyOrder("cluster", "task", "reason");
    assertThat(ecs.asked("StopTask").getFirst().body()).contains("audition: timeout");
    assertThat(ecs.asked("StopTask").getFirst().body().length()).isLessThan(450);
  }

  @Test
  void thatAreGoneAreStoppedAlready() {
    ecs.refuses("StopTask", 400, "InvalidParameterException", "The referenced task was not found.");

    runtime.stop(new TaskArn("t1"), "audition: timeout");

    assertThat(ecs.asked("StopTask")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ServerException", "AccessDeniedException"})
  void thatMayNotHaveHeardTheStopAreSaidToBe(String type) {
    ecs.refuses("StopTask", type.startsWith("Server") ? 500 : 400, type, "no");

    assertThatThrownBy(() -> runtime.stop(new TaskArn("t1"), "x"))
        .isInstanceOf(RuntimeUnavailableException.class);
  }
}
