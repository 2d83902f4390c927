package dev.audition.core.run;

import dev.audition.core.plan.Listening;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Steps and tasks as JSON. */
final class StepJson {
  private StepJson() {}

  static TreeNode write(StepState step) {
    StepSettings settings = step.settings();
    Cause cause = step.cause();
    return new JsonObject()
        .number("number", settings.number())
        .put("name", settings.name())
        .put("kind", settings.kind())
        .put("timeout", settings.timeout())
        .flag("failFast", settings.failFast())
        .flag("strictFailFast", settings.strictFailFast())
        .texts("candidates", settings.candidates())
        .put("notRun", settings.notRun())
        .number("preparation", step.preparation())
        .put("startedAt", step.times().startedAt())
        .put("deadline", step.times().deadline())
        .put("retryAt", step.times().retryAt())
        .put("endedAt", step.times().endedAt())
        .list("tasks", step.tasks().stream().map(StepJson::write).toList())
        .put("verdict", step.verdict())
        .node("cause", cause == null ? null : write(cause))
        .build();
  }

  static StepState read(JsonFields fields) {
    return new StepState(
        new StepSettings(
            fields.number("number"),
            fields.text("name"),
            fields.required("kind", StepSettings.Kind::valueOf),
            fields.required("timeout", Duration::parse),
            fields.flag("failFast"),
            fields.flag("strictFailFast"),
            fields.texts("candidates"),
            fields.text("notRun")),
        fields.number("preparation"),
        new StepState.Times(
            fields.instantOrNull("startedAt"),
            fields.instantOrNull("deadline"),
            fields.instantOrNull("retryAt"),
            fields.instantOrNull("endedAt")),
        fields.list("tasks", StepJson::task),
        fields.orNull("verdict", Verdict::valueOf),
        fields.object("cause").map(StepJson::cause).orElse(null));
  }

  private static TreeNode write(Cause cause) {
    return new JsonObject()
        .put("kind", cause.kind())
        .put("paragraph", cause.paragraph())
        .put("guilty", cause.guilty())
        .build();
  }

  private static Cause cause(JsonFields fields) {
    return new Cause(
        fields.required("kind", Cause.Kind::valueOf),
        fields.text("paragraph"),
        fields.textOrNull("guilty"));
  }

  private static TreeNode write(TaskState task) {
    TaskState.Launch launch = task.launch();
    TaskState.Seen seen = task.seen();
    List<TreeNode> containers = new ArrayList<>();
    for (ContainerShape shape : task.containers()) {
      containers.add(write(shape, task.evidence().get(shape.name())));
    }
    return new JsonObject()
        .number("number", task.number())
        .number("attempt", task.attempt())
        .number("try", task.tryNumber())
        .put("arn", launch.arn())
        .put("launchedAt", launch.launchedAt())
        .put("retryAt", launch.retryAt())
        .flag("stopWanted", launch.stopWanted())
        .flag("gone", launch.gone())
        .number("version", seen.version())
        .put("lastStatus", seen.lastStatus())
        .put("desiredStatus", seen.desiredStatus())
        .put("stopCode", seen.stopCode())
        .put("stoppedReason", seen.stoppedReason())
        .list("containers", containers)
        .build();
  }

  private static TaskState task(JsonFields fields) {
    SequencedMap<String, ContainerEvidence> evidence = new LinkedHashMap<>();
    List<ContainerShape> shapes =
        fields.list(
            "containers",
            container -> {
              ContainerShape shape = shape(container);
              container
                  .object("evidence")
                  .ifPresent(seen -> evidence.put(shape.name(), evidence(seen)));
              return shape;
            });
    return new TaskState(
        fields.number("number"),
        fields.number("attempt"),
        fields.number("try"),
        shapes,
        new TaskState.Launch(
            fields.orNull("arn", TaskArn::new),
            fields.instantOrNull("launchedAt"),
            fields.instantOrNull("retryAt"),
            fields.flag("stopWanted"),
            fields.flag("gone")),
        new TaskState.Seen(
            fields.or("version", Long::valueOf, -1L),
            fields.or("lastStatus", LastStatus::valueOf, LastStatus.PROVISIONING),
            fields.or("desiredStatus", DesiredStatus::valueOf, DesiredStatus.RUNNING),
            fields.orNull("stopCode", StopCode::valueOf),
            fields.text("stoppedReason")),
        evidence);
  }

  private static TreeNode write(ContainerShape shape, @Nullable ContainerEvidence evidence) {
    List<TreeNode> gates = new ArrayList<>();
    for (ContainerDependency gate : shape.dependsOn()) {
      gates.add(
          new JsonObject()
              .put("containerName", gate.containerName())
              .put("condition", gate.condition())
              .build());
    }
    Listening listening = shape.listening();
    return new JsonObject()
        .put("name", shape.name())
        .put("service", shape.service())
        .flag("candidate", shape.candidate())
        .flag("essential", shape.essential())
        .list("dependsOn", gates)
        .node("listening", listening == null ? null : write(listening))
        .number("memoryMiB", shape.memoryMiB())
        .node("evidence", evidence == null ? null : write(evidence))
        .build();
  }

  private static TreeNode write(Listening listening) {
    return new JsonObject()
        .list("ports", listening.ports().stream().map(Tree::number).toList())
        .put("limit", listening.limit())
        .build();
  }

  private static ContainerShape shape(JsonFields fields) {
    return new ContainerShape(
        fields.text("name"),
        fields.text("service"),
        fields.flag("candidate"),
        fields.flag("essential"),
        fields.list(
            "dependsOn",
            gate ->
                new ContainerDependency(
                    gate.text("containerName"),
                    gate.required("condition", ContainerCondition::valueOf))),
        fields
            .object("listening")
            .map(
                listening ->
                    new Listening(
                        listening.texts("ports").stream().map(Integer::valueOf).toList(),
                        listening.required("limit", Duration::parse)))
            .orElse(null),
        fields.orNull("memoryMiB", Integer::valueOf));
  }

  private static TreeNode write(ContainerEvidence evidence) {
    return new JsonObject()
        .put("lastStatus", evidence.lastStatus())
        .number("exitCode", evidence.exitCode())
        .flag("byItself", evidence.byItself())
        .put("reason", evidence.reason())
        .put("health", evidence.health() == HealthStatus.UNKNOWN ? null : evidence.health())
        .flag("started", evidence.started())
        .put("readyAt", evidence.readyAt())
        .put("startedAt", evidence.startedAt())
        .put("stoppedAt", evidence.stoppedAt())
        .number("restarts", evidence.restarts() == 0 ? null : evidence.restarts())
        .number("peakMemoryMiB", evidence.peakMemoryMiB())
        .build();
  }

  private static ContainerEvidence evidence(JsonFields fields) {
    return new ContainerEvidence(
        fields.or("lastStatus", LastStatus::valueOf, LastStatus.PROVISIONING),
        fields.orNull("exitCode", Integer::valueOf),
        fields.flag("byItself"),
        fields.text("reason"),
        fields.or("health", HealthStatus::valueOf, HealthStatus.UNKNOWN),
        fields.flag("started"),
        fields.instantOrNull("readyAt"),
        fields.instantOrNull("startedAt"),
        fields.instantOrNull("stoppedAt"),
        fields.number("restarts"),
        fields.orNull("peakMemoryMiB", Integer::valueOf));
  }
}
