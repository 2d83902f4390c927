package dev.audition.core.testkit;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** A task runtime under test, and what it takes to test it. */
public interface TaskRuntimeUnderTest {
  /** Return the runtime under test. */
  TaskRuntime runtime();

  /** Return what the runtime under test has told. */
  TaskEvents events();

  /** Return the id of this test's run; another one for each test. */
  String runId();

  /** Return a container that behaves so. */
  ContainerDraft container(String name, Behaviour behaviour);

  /** Return a task definition of these containers. */
  default TaskDefinition definition(ContainerDraft... containers) {
    return new TaskDefinition(
        "contract",
        new TaskSize(1024, 2048),
        Arrays.stream(containers).map(ContainerDraft::build).toList(),
        List.of(),
        new LinkedHashMap<>(),
        "");
  }

  /** Launch a task of this test's run. */
  default TaskArn launch(ContainerDraft... containers) {
    return launched(
        runtime().launch(new Launch(runId() + "/1/1/1", runId(), definition(containers))));
  }

  /** Return the ARN of a launch that was not refused. */
  default TaskArn launched(LaunchAnswer answer) {
    return switch (answer) {
      case LaunchAnswer.Launched launched -> launched.taskArn();
      case LaunchAnswer.Refused refused -> throw new AssertionError(refused.toString());
    };
  }
}
