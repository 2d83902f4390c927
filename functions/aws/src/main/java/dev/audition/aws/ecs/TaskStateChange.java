package dev.audition.aws.ecs;

import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Reads what ECS says of a task: the event {@code ECS Task State Change} that EventBridge delivers,
 * and the answer of DescribeTasks, which is the same but for the health of the containers. Words
 * that this release does not know are taken for the least they can mean.
 */
public final class TaskStateChange {
  /** The event's {@code detail-type}. */
  public static final String DETAIL_TYPE = "ECS Task State Change";

  private TaskStateChange() {}

  /**
   * Read an event.
   *
   * @return empty if it is another kind of event
   * @throws IllegalArgumentException if it says so but is none
   */
  public static Optional<TaskDescription> read(TreeNode event) {
    if (!text(event, "source").equals("aws.ecs")
        || !text(event, "detail-type").equals(DETAIL_TYPE)) {
      return Optional.empty();
    }
    return Optional.of(describe(task(event)));
  }

  /** Return the ARN of the cluster an event of this kind comes from. */
  public static String cluster(TreeNode event) {
    return orEmpty(task(event).clusterArn());
  }

  private static Task task(TreeNode event) {
    Optional<TreeNode> detail =
        event instanceof Mapping mapping ? mapping.find("detail") : Optional.empty();
    if (detail.isEmpty() || !(detail.get() instanceof Mapping json)) {
      throw new IllegalArgumentException("event: no detail (expected: a task)");
    }
    Task task = SdkShapes.fill(Task.builder(), json, SdkShapes.Unknown.LEFT_OUT).build();
    if (task.taskArn() == null) {
      throw new IllegalArgumentException("event: no taskArn in its detail (expected: a task)");
    }
    return task;
  }

  private static String text(TreeNode event, String key) {
    return event instanceof Mapping mapping
            && mapping.find(key).orElse(null) instanceof Scalar scalar
        ? scalar.text()
        : "";
  }

  /** Translate an answer's task. */
  static TaskDescription describe(Task task) {
    LastStatus lastStatus = lastStatus(task.lastStatus());
    return new TaskDescription(
        new TaskArn(task.taskArn()),
        orEmpty(task.startedBy()),
        task.version() == null ? 0 : task.version(),
        lastStatus,
        desiredStatus(task.desiredStatus(), lastStatus),
        task.containers().stream().map(TaskStateChange::container).toList(),
        stopCode(task.stopCodeAsString()),
        orEmpty(task.stoppedReason()),
        task.createdAt() == null ? Instant.EPOCH : task.createdAt(),
        task.startedAt(),
        task.stoppedAt());
  }

  /** ECS gives neither times nor restarts of a container, nor what it used. */
  private static ContainerDescription container(Container container) {
    HealthStatus health = health(container.healthStatusAsString());
    return new ContainerDescription(
        orEmpty(container.name()),
        lastStatus(container.lastStatus()),
        container.exitCode(),
        orEmpty(container.reason()),
        health,
        health == HealthStatus.HEALTHY,
        null,
        null,
        0,
        null);
  }

  private static LastStatus lastStatus(@Nullable String text) {
    return switch (orEmpty(text)) {
      case "PROVISIONING" -> LastStatus.PROVISIONING;
      case "ACTIVATING" -> LastStatus.ACTIVATING;
      case "RUNNING" -> LastStatus.RUNNING;
      case "DEACTIVATING" -> LastStatus.DEACTIVATING;
      case "STOPPING" -> LastStatus.STOPPING;
      case "DEPROVISIONING" -> LastStatus.DEPROVISIONING;
      case "STOPPED", "DELETED" -> LastStatus.STOPPED;
      // PENDING, and the steps of pulling and creating that some answers name.
      default -> LastStatus.PENDING;
    };
  }

  private static DesiredStatus desiredStatus(@Nullable String text, LastStatus lastStatus) {
    return switch (orEmpty(text)) {
      case "STOPPED", "DELETED" -> DesiredStatus.STOPPED;
      case "RUNNING" -> DesiredStatus.RUNNING;
      default -> lastStatus == LastStatus.STOPPED ? DesiredStatus.STOPPED : DesiredStatus.RUNNING;
    };
  }

  private static @Nullable StopCode stopCode(@Nullable String text) {
    return switch (orEmpty(text)) {
      case "" -> null;
      case "TaskFailedToStart" -> StopCode.TASK_FAILED_TO_START;
      case "EssentialContainerExited" -> StopCode.ESSENTIAL_CONTAINER_EXITED;
      case "UserInitiated" -> StopCode.USER_INITIATED;
      case "ServiceSchedulerInitiated" -> StopCode.SERVICE_SCHEDULER_INITIATED;
      case "SpotInterruption" -> StopCode.SPOT_INTERRUPTION;
      case "TerminationNotice" -> StopCode.TERMINATION_NOTICE;
      case "InfrastructureHealth" -> StopCode.INFRASTRUCTURE_HEALTH;
      default -> StopCode.UNKNOWN;
    };
  }

  private static HealthStatus health(@Nullable String text) {
    return switch (orEmpty(text)) {
      case "HEALTHY" -> HealthStatus.HEALTHY;
      case "UNHEALTHY" -> HealthStatus.UNHEALTHY;
      default -> HealthStatus.UNKNOWN;
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Translate the tasks of an answer. */
  static List<TaskDescription> describe(List<Task> tasks) {
    return tasks.stream().map(TaskStateChange::describe).toList();
  }
}
