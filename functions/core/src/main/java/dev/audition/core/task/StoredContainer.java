package dev.audition.core.task;

import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.Ulimit;
import dev.audition.core.plan.Listening;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A container of a task definition as text; every component of the record is one field. */
final class StoredContainer {
  private StoredContainer() {}

  static TreeNode write(ContainerDefinition container) {
    MappingBuilder json =
        Tree.mapping()
            .putText("name", container.name())
            .putText("service", container.service())
            .putText("image", container.image())
            .putBool("essential", container.essential());
    putTexts(json, "entryPoint", container.entryPoint());
    putTexts(json, "command", container.command());
    json.put("environment", Tree.texts(container.environment()))
        .putText("user", container.user())
        .putText("workingDirectory", container.workingDirectory())
        .putList("dependsOn", container.dependsOn().stream().map(StoredContainer::write).toList());
    if (container.healthCheck() != null) {
      json.put("healthCheck", write(container.healthCheck()));
    }
    if (container.listening() != null) {
      json.put("listening", write(container.listening()));
    }
    json.putList("ports", container.ports().stream().map(Tree::number).toList())
        .putList("mounts", container.mountPoints().stream().map(StoredContainer::write).toList())
        .putList("tmpfs", container.tmpfs().stream().map(StoredContainer::write).toList());
    putNumber(json, "memoryMiB", container.memoryMiB());
    putNumber(json, "cpuUnits", container.cpuUnits());
    json.putText("stopTimeout", container.stopTimeout().toString())
        .putText("stopSignal", container.stopSignal());
    putNumber(json, "maximumRestarts", container.maximumRestarts());
    json.putBool("init", container.initProcessEnabled())
        .putBool("tty", container.pseudoTerminal())
        .putBool("interactive", container.interactive())
        .putBool("readOnly", container.readonlyRootFilesystem())
        .putTexts("capabilitiesAdded", container.capabilitiesAdded())
        .putTexts("capabilitiesDropped", container.capabilitiesDropped())
        .putTexts("groups", container.groups())
        .put("ulimits", ulimits(container.ulimits()))
        .put("systemControls", Tree.texts(container.systemControls()));
    putNumber(json, "sharedMemoryBytes", container.sharedMemoryBytes());
    return json.put("labels", Tree.texts(container.dockerLabels()))
        .put("secrets", Tree.texts(container.account().secrets()))
        .putText("repositoryCredentials", container.account().repositoryCredentials())
        .putBool("everyLine", container.account().everyLine())
        .build();
  }

  static ContainerDefinition read(StoredFields fields) {
    return new ContainerDefinition(
        fields.text("name"),
        fields.text("service"),
        fields.text("image"),
        fields.flag("essential"),
        fields.textsOrNull("entryPoint"),
        fields.textsOrNull("command"),
        fields.map("environment"),
        fields.text("user"),
        fields.text("workingDirectory"),
        fields.list("dependsOn", StoredContainer::dependency),
        fields.fields("healthCheck").map(StoredContainer::healthCheck).orElse(null),
        fields.fields("listening").map(StoredContainer::listening).orElse(null),
        fields.texts("ports").stream().map(Integer::valueOf).toList(),
        fields.list("mounts", StoredContainer::mount),
        fields.list("tmpfs", StoredContainer::tmpfs),
        fields.intOrNull("memoryMiB"),
        fields.intOrNull("cpuUnits"),
        Duration.parse(fields.text("stopTimeout")),
        fields.text("stopSignal"),
        fields.intOrNull("maximumRestarts"),
        fields.flag("init"),
        fields.flag("tty"),
        fields.flag("interactive"),
        fields.flag("readOnly"),
        fields.texts("capabilitiesAdded"),
        fields.texts("capabilitiesDropped"),
        fields.texts("groups"),
        fields.map("ulimits", node -> ulimit(StoredFields.of(node))),
        fields.map("systemControls"),
        fields.numberOrNull("sharedMemoryBytes"),
        fields.map("labels"),
        new AccountOptions(
            fields.map("secrets"), fields.text("repositoryCredentials"), fields.flag("everyLine")));
  }

  private static void putTexts(MappingBuilder json, String key, @Nullable List<String> texts) {
    if (texts != null) {
      json.putTexts(key, texts);
    }
  }

  private static void putNumber(MappingBuilder json, String key, @Nullable Number number) {
    if (number != null) {
      json.putNumber(key, number.longValue());
    }
  }

  private static TreeNode write(ContainerDependency dependency) {
    return Tree.mapping()
        .putText("container", dependency.containerName())
        .putText("condition", dependency.condition().name())
        .build();
  }

  private static ContainerDependency dependency(StoredFields fields) {
    return new ContainerDependency(
        fields.text("container"), ContainerCondition.valueOf(fields.text("condition")));
  }

  private static TreeNode write(HealthCheck check) {
    return Tree.mapping()
        .putTexts("command", check.command())
        .putText("interval", check.interval().toString())
        .putText("timeout", check.timeout().toString())
        .putNumber("retries", check.retries())
        .putText("startPeriod", check.startPeriod().toString())
        .putBool("ours", check.ours())
        .build();
  }

  private static HealthCheck healthCheck(StoredFields fields) {
    return new HealthCheck(
        fields.texts("command"),
        Duration.parse(fields.text("interval")),
        Duration.parse(fields.text("timeout")),
        (int) fields.number("retries"),
        Duration.parse(fields.text("startPeriod")),
        fields.flag("ours"));
  }

  private static TreeNode write(Listening listening) {
    return Tree.mapping()
        .putList("ports", listening.ports().stream().map(Tree::number).toList())
        .putText("limit", listening.limit().toString())
        .build();
  }

  private static Listening listening(StoredFields fields) {
    return new Listening(
        fields.texts("ports").stream().map(Integer::valueOf).toList(),
        Duration.parse(fields.text("limit")));
  }

  private static TreeNode write(MountPoint mount) {
    return Tree.mapping()
        .putText("volume", mount.volume())
        .putText("path", mount.containerPath())
        .putBool("readOnly", mount.readOnly())
        .build();
  }

  private static MountPoint mount(StoredFields fields) {
    return new MountPoint(fields.text("volume"), fields.text("path"), fields.flag("readOnly"));
  }

  private static TreeNode write(TmpfsMount tmpfs) {
    return Tree.mapping()
        .putText("target", tmpfs.target())
        .putTexts("options", tmpfs.options())
        .build();
  }

  private static TmpfsMount tmpfs(StoredFields fields) {
    return new TmpfsMount(fields.text("target"), fields.texts("options"));
  }

  private static TreeNode ulimits(SequencedMap<String, Ulimit> ulimits) {
    MappingBuilder json = Tree.mapping();
    ulimits.forEach(
        (name, limit) ->
            json.put(
                name,
                Tree.mapping()
                    .putNumber("soft", limit.soft())
                    .putNumber("hard", limit.hard())
                    .build()));
    return json.build();
  }

  private static Ulimit ulimit(StoredFields fields) {
    return new Ulimit(fields.number("soft"), fields.number("hard"));
  }
}
