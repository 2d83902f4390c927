package dev.audition.handlers.wire;

import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task in the words of the API and of its events. */
final class TaskJson {
  /** What the ECS agent reports of a container whose dependency failed: it never ran. */
  private static final int DEPENDENCY_FAILED = 143;

  private final TaskFacts facts;
  private final Arns arns;

  TaskJson(TaskFacts facts, Arns arns) {
    this.facts = facts;
    this.arns = arns;
  }

  /** A task at one moment. */
  record View(
      TaskDescription seen,
      LastStatus lastStatus,
      long version,
      @Nullable StopCode stopCode,
      String stoppedReason,
      @Nullable Instant stoppingAt) {}

  /** Render the detail of an event: no tags, and nothing of health. */
  TreeNode.Mapping event(View view) {
    return task(view, Times.TEXT, false).build();
  }

  /** Render as DescribeTasks answers it. */
  TreeNode.Mapping description(View view, boolean tags) {
    Tree.MappingBuilder json = task(view, Times.EPOCH_SECONDS, true);
    json.putText("healthStatus", health(view).name());
    if (tags) {
      json.put("tags", facts.request().object().find("tags").orElseGet(() -> Tree.list(List.of())));
    }
    return json.build();
  }

  private Tree.MappingBuilder task(View view, Times times, boolean withHealth) {
    TaskDescription seen = view.seen();
    Tree.MappingBuilder json =
        Tree.mapping()
            .putList("attachments", List.of(networkInterface(view)))
            .putText("availabilityZone", arns.region() + "a")
            .putText("clusterArn", arns.clusterArn())
            .putText("connectivity", "CONNECTED")
            .putList(
                "containers",
                seen.containers().stream().map(c -> container(c, view, withHealth)).toList())
            .putText("cpu", Integer.toString(facts.cpuUnits()))
            .put("createdAt", times.render(facts.at()))
            .putText("desiredStatus", seen.desiredStatus().name())
            .putBool("enableExecuteCommand", facts.request().isTrue("enableExecuteCommand"))
            .put("ephemeralStorage", Tree.mapping().putNumber("sizeInGiB", 20).build())
            .putText("group", facts.group())
            .putText("lastStatus", view.lastStatus().name())
            .putText("memory", Integer.toString(facts.memoryMiB()))
            .put("overrides", overrides())
            .putText("platformFamily", "Linux")
            .putText("platformVersion", "1.4.0")
            .putText("startedBy", facts.startedBy())
            .putText("taskArn", facts.arn())
            .putText("taskDefinitionArn", facts.definition().arn())
            .putNumber("version", view.version());
    String provider = facts.capacityProvider();
    if (!provider.isEmpty()) {
      json.putText("capacityProviderName", provider);
    }
    json.putText("launchType", facts.launchType());
    putTime(json, "startedAt", seen.startedAt(), times);
    ending(json, view, times);
    return json;
  }

  private static void ending(Tree.MappingBuilder json, View view, Times times) {
    StopCode code = view.stopCode();
    if (code == null) {
      return;
    }
    json.putText("stopCode", word(code)).putText("stoppedReason", view.stoppedReason());
    putTime(json, "stoppingAt", view.stoppingAt(), times);
    Instant stoppedAt = view.seen().stoppedAt();
    putTime(json, "executionStoppedAt", stoppedAt, times);
    if (view.lastStatus() == LastStatus.STOPPED) {
      putTime(json, "stoppedAt", stoppedAt, times);
    }
  }

  private TreeNode overrides() {
    Fields overrides = facts.overrides();
    Tree.MappingBuilder json = Tree.mapping();
    // As ECS echoes them: a line for each container, whatever was overridden.
    json.putList(
        "containerOverrides",
        facts.definition().containers().stream()
            .map(
                container ->
                    overrides.list("containerOverrides").stream()
                        .filter(o -> o.text("name").equals(container.text("name")))
                        .map(Fields::object)
                        .findFirst()
                        .orElseGet(
                            () -> Tree.mapping().putText("name", container.text("name")).build()))
            .toList());
    return json.build();
  }

  private TreeNode networkInterface(View view) {
    boolean attached = view.lastStatus().compareTo(LastStatus.PROVISIONING) > 0;
    return Tree.mapping()
        .putText("id", facts.id())
        .putText("type", "ElasticNetworkInterface")
        .putText(
            "status",
            view.lastStatus() == LastStatus.STOPPED
                ? "DELETED"
                : attached ? "ATTACHED" : "PRECREATED")
        .putList(
            "details",
            List.of(
                Tree.mapping()
                    .putText("name", "subnetId")
                    .putText("value", facts.subnet())
                    .build()))
        .build();
  }

  private TreeNode container(ContainerDescription container, View view, boolean withHealth) {
    String name = container.name();
    Tree.MappingBuilder json =
        Tree.mapping()
            .putText("containerArn", arns.container(facts.id(), name))
            .putText("taskArn", facts.arn())
            .putText("name", name)
            .putText("image", image(name))
            .putText("lastStatus", container.lastStatus().name())
            .putList("networkInterfaces", List.of());
    if (container.startedAt() != null) {
      json.putText("runtimeId", Arns.runtimeId(facts.id(), name));
    }
    Integer exitCode = container.exitCode();
    if (exitCode != null) {
      json.putNumber("exitCode", exitCode);
    } else if (container.reason().startsWith("CannotStartContainerError: dependency graph")) {
      json.putNumber("exitCode", DEPENDENCY_FAILED);
    }
    if (!container.reason().isEmpty() && !container.reason().startsWith("health check")) {
      json.putText("reason", container.reason());
    }
    if (withHealth) {
      json.putText(
          "healthStatus",
          view.lastStatus() == LastStatus.STOPPED ? "UNKNOWN" : container.health().name());
    }
    return json.build();
  }

  private String image(String container) {
    return facts.definition().containers().stream()
        .filter(definition -> definition.text("name").equals(container))
        .map(definition -> definition.text("image"))
        .findFirst()
        .orElse("");
  }

  /** A task is as healthy as its essential containers that have a check. */
  private HealthStatus health(View view) {
    Stream<HealthStatus> essential =
        view.seen().containers().stream()
            .filter(
                container ->
                    facts.definition().containers().stream()
                        .anyMatch(
                            definition ->
                                definition.text("name").equals(container.name())
                                    && !definition.text("essential").equals("false")
                                    && definition.has("healthCheck")))
            .map(ContainerDescription::health);
    return essential.max(HealthStatus::compareTo).orElse(HealthStatus.UNKNOWN);
  }

  private static void putTime(
      Tree.MappingBuilder json, String field, @Nullable Instant time, Times times) {
    if (time != null) {
      json.put(field, times.render(time));
    }
  }

  static String word(StopCode code) {
    return switch (code) {
      case TASK_FAILED_TO_START -> "TaskFailedToStart";
      case ESSENTIAL_CONTAINER_EXITED -> "EssentialContainerExited";
      case USER_INITIATED -> "UserInitiated";
      case SERVICE_SCHEDULER_INITIATED -> "ServiceSchedulerInitiated";
      case SPOT_INTERRUPTION -> "SpotInterruption";
      case TERMINATION_NOTICE -> "TerminationNotice";
      case INFRASTRUCTURE_HEALTH, UNKNOWN -> "InfrastructureHealth";
    };
  }
}
