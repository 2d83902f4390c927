package dev.audition.core.plan;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans as one document: what {@code audition plan --json} prints.
 *
 * <p>Keys come in a fixed order; durations are seconds; what is absent is null or an empty list.
 * Values of the environment are not in it, only names: they may be secret.
 */
public final class PlanJson {
  private PlanJson() {}

  /** Return {@code {"steps": [...]}}. */
  public static TreeNode of(List<Plan> plans) {
    return Tree.mapping().putList("steps", plans.stream().map(PlanJson::plan).toList()).build();
  }

  private static TreeNode plan(Plan plan) {
    return Tree.mapping()
        .putNumber("number", plan.stepNumber())
        .putText("name", plan.step())
        .putText("location", plan.location().toString())
        .putNumber("timeoutSeconds", plan.timeout().toSeconds())
        .putBool("failFast", plan.options().failFast())
        .putBool("strictFailFast", plan.options().strictFailFast())
        .putBool("skipped", plan.skipped())
        .putTextOrNull("notRun", plan.notRun().isEmpty() ? null : plan.notRun())
        .putList("builds", plan.builds().stream().map(PlanJson::build).toList())
        .putList("tasks", plan.tasks().stream().map(PlanJson::task).toList())
        .putTexts("readings", plan.readings())
        .putList(
            "unknownImages",
            plan.unknownImages().entrySet().stream()
                .map(entry -> unknown(entry.getKey(), entry.getValue()))
                .toList())
        .putBool("refused", plan.refused())
        .putList("diagnostics", plan.diagnostics().stream().map(PlanJson::diagnostic).toList())
        .build();
  }

  private static TreeNode build(ImageBuild build) {
    return Tree.mapping()
        .putText("name", build.name())
        .putText("image", build.image())
        .putText("context", build.build().context())
        .putTextOrNull("dockerfile", build.build().dockerfile())
        .putTextOrNull("target", build.build().target())
        .build();
  }

  private static TreeNode unknown(String image, List<String> consequences) {
    return Tree.mapping().putText("image", image).putTexts("consequences", consequences).build();
  }

  private static TreeNode task(TaskPlan task) {
    return Tree.mapping()
        .putNumber("number", task.number())
        .putNumber("cpuUnits", task.size().cpuUnits())
        .putNumber("memoryMiB", task.size().memoryMiB())
        .putText("architecture", task.architecture())
        .putTexts("volumes", task.volumes().stream().map(PlannedVolume::name).toList())
        .put("hosts", Tree.texts(task.hosts()))
        .putTexts("artifacts", task.artifacts().stream().map(PlannedArtifact::name).toList())
        .putList("containers", task.containers().stream().map(PlanJson::container).toList())
        .build();
  }

  private static TreeNode container(PlannedContainer container) {
    return Tree.mapping()
        .putText("service", container.service())
        .putText("containerName", container.containerName())
        .putBool("candidate", container.candidate())
        .putText("location", container.location().toString())
        .putText("image", container.image())
        .putTextOrNull("build", container.buildName())
        .put("entrypoint", textsOrNull(container.entrypoint()))
        .put("command", textsOrNull(container.command()))
        .putTexts("environment", List.copyOf(container.environment().keySet()))
        .putText("user", container.user())
        .putText("workingDir", container.workingDir())
        .putList("gates", container.gates().stream().map(PlanJson::gate).toList())
        .put("health", health(container.health()))
        .put("listening", listening(container.listening()))
        .putList("ports", container.ports().stream().map(PlanJson::port).toList())
        .putList("mounts", container.mounts().stream().map(PlanJson::mount).toList())
        .putTexts("tmpfs", container.tmpfs().stream().map(mount -> mount.target()).toList())
        .putNumber("memoryMiB", container.memoryMiB())
        .put("memoryLimitMiB", numberOrNull(container.memoryLimitMiB()))
        .put("cpus", numberOrNull(container.cpus()))
        .putNumber("stopGraceSeconds", seconds(container.stopGracePeriod().toMillis()))
        .put("maximumRestarts", numberOrNull(container.maximumRestarts()))
        .build();
  }

  private static TreeNode gate(Gate gate) {
    return Tree.mapping()
        .putText("service", gate.service())
        .putText("condition", word(gate.condition()))
        .putText("reason", gate.reason())
        .build();
  }

  private static TreeNode health(@Nullable HealthProbe probe) {
    return probe == null
        ? Tree.nothing()
        : Tree.mapping()
            .putText("origin", word(probe.origin()))
            .putTexts("command", probe.command())
            .putNumber("intervalSeconds", seconds(probe.interval().toMillis()))
            .putNumber("timeoutSeconds", seconds(probe.timeout().toMillis()))
            .putNumber("retries", probe.retries())
            .putNumber("startPeriodSeconds", seconds(probe.startPeriod().toMillis()))
            .build();
  }

  private static TreeNode listening(@Nullable Listening listening) {
    return listening == null
        ? Tree.nothing()
        : Tree.mapping()
            .putList("ports", listening.ports().stream().map(port -> Tree.number(port)).toList())
            .putNumber("limitSeconds", seconds(listening.limit().toMillis()))
            .build();
  }

  private static TreeNode port(KnownPort port) {
    return Tree.mapping()
        .putNumber("port", port.port())
        .putText("origin", word(port.origin()))
        .putText("evidence", port.evidence())
        .build();
  }

  private static TreeNode mount(PlannedMount mount) {
    Tree.MappingBuilder json = Tree.mapping();
    switch (mount) {
      case PlannedMount.VolumeMount volume ->
          json.putText("type", "volume").putText("source", volume.volume());
      case PlannedMount.FolderMount folder ->
          json.putText("type", "folder")
              .putText("source", folder.source())
              .putBool("exists", folder.exists());
      case PlannedMount.FileMount file ->
          json.putText("type", "file").putText("source", file.source());
      case PlannedMount.TextMount _ -> json.putText("type", "text");
    }
    return json.putText("target", mount.target())
        .putBool("readOnly", mount.readOnly())
        .putText("location", mount.location().toString())
        .build();
  }

  /** Return one diagnostic, in the form it has in every document. */
  public static TreeNode diagnostic(Diagnostic diagnostic) {
    SourceLocation where = diagnostic.location();
    return Tree.mapping()
        .putText("severity", word(diagnostic.severity()))
        .putText("category", word(diagnostic.category()))
        .putTextOrNull("location", where == null ? null : where.toString())
        .putText("path", diagnostic.path())
        .putText("message", diagnostic.message())
        .putText("remedy", diagnostic.remedy())
        .build();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double seconds(long milliseconds) {
    return milliseconds / 1000.0;
  }

  private static TreeNode textsOrNull(@Nullable List<String> words) {
    return words == null ? Tree.nothing() : Tree.texts(words);
  }

  private static TreeNode numberOrNull(@Nullable Number number) {
    return number == null ? Tree.nothing() : Tree.number(number.doubleValue());
  }
}
