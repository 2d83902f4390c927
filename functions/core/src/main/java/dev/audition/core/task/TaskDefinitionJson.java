package dev.audition.core.task;

import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.size.TaskSize;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Renders a task definition as the input of ECS's {@code RegisterTaskDefinition}, in the field
 * names of its API and always in the same order, so that a hash of it is stable.
 */
public final class TaskDefinitionJson {
  private static final Pattern SIZE = Pattern.compile("size=(\\d+)([bkmg]?)b?");

  /** Holds what a service says in seconds at the rate CloudWatch Logs takes from one stream. */
  private static final String BUFFER = "25m";

  private TaskDefinitionJson() {}

  /**
   * Roles of a task.
   *
   * @param executionRoleArn what pulls images and writes logs; null if none is known yet
   * @param taskRoleArn what the containers' own calls use, the composition's included; null for
   *     none
   */
  public record Roles(@Nullable String executionRoleArn, @Nullable String taskRoleArn) {
    /** No roles. */
    public static final Roles NONE = new Roles(null, null);
  }

  /**
   * Render a definition that was lowered for Fargate.
   *
   * @throws IllegalArgumentException if something of it is only for the laptop
   */
  public static TreeNode render(TaskDefinition definition, LogOptions logs, Roles roles) {
    Tree.MappingBuilder json = Tree.mapping().putText("family", definition.family());
    putUnlessEmpty(
        json,
        "taskRoleArn",
        definition.taskRole().isEmpty() ? roles.taskRoleArn() : definition.taskRole());
    putUnlessEmpty(json, "executionRoleArn", roles.executionRoleArn());
    json.putText("networkMode", "awsvpc")
        .putTexts("requiresCompatibilities", List.of("FARGATE"))
        .putText("cpu", Integer.toString(definition.size().cpuUnits()))
        .putText("memory", Integer.toString(definition.size().memoryMiB()))
        .put("runtimePlatform", platform(definition.platform()));
    if (definition.ephemeralStorageGiB() > 0) {
      json.put(
          "ephemeralStorage",
          Tree.mapping().putNumber("sizeInGiB", definition.ephemeralStorageGiB()).build());
    }
    return json.putList(
            "containerDefinitions",
            definition.containers().stream()
                .map(container -> container(container, definition.size(), logs))
                .toList())
        .putList("volumes", definition.volumes().stream().map(TaskDefinitionJson::volume).toList())
        .build();
  }

  private static TreeNode platform(String platform) {
    return Tree.mapping()
        .putText("cpuArchitecture", platform.endsWith("/arm64") ? "ARM64" : "X86_64")
        .putText("operatingSystemFamily", "LINUX")
        .build();
  }

  private static TreeNode volume(TaskVolume volume) {
    return switch (volume) {
      case TaskVolume.Empty empty -> Tree.mapping().putText("name", empty.name()).build();
      case TaskVolume.Host host -> throw laptopOnly("volume", host.name());
      case TaskVolume.Text text -> throw laptopOnly("volume", text.name());
    };
  }

  private static IllegalArgumentException laptopOnly(String kind, String name) {
    return new IllegalArgumentException(
        "%s: \"%s\" (expected: one that Fargate has)".formatted(kind, name));
  }

  private static TreeNode container(ContainerDefinition container, TaskSize size, LogOptions logs) {
    Tree.MappingBuilder json =
        Tree.mapping().putText("name", container.name()).putText("image", container.image());
    String credentials = container.account().repositoryCredentials();
    if (!credentials.isEmpty()) {
      json.put(
          "repositoryCredentials",
          Tree.mapping().putText("credentialsParameter", credentials).build());
    }
    json.putBool("essential", container.essential());
    putUnlessEmpty(json, "entryPoint", container.entryPoint());
    putUnlessEmpty(json, "command", container.command());
    putPairs(json, "environment", "name", "value", container.environment());
    putPairs(json, "secrets", "name", "valueFrom", container.account().secrets());
    putUnlessEmpty(json, "user", container.user());
    putUnlessEmpty(json, "workingDirectory", container.workingDirectory());
    if (!container.dependsOn().isEmpty()) {
      json.putList("dependsOn", container.dependsOn().stream().map(d -> dependency(d)).toList());
    }
    HealthCheck healthCheck = container.healthCheck();
    if (healthCheck != null) {
      json.put("healthCheck", healthCheck(healthCheck));
    }
    if (!container.mountPoints().isEmpty()) {
      json.putList("mountPoints", container.mountPoints().stream().map(m -> mount(m)).toList());
    }
    putNumber(json, "memory", container.memoryMiB());
    putNumber(json, "cpu", container.cpuUnits());
    json.putNumber("stopTimeout", container.stopTimeout().toSeconds());
    linuxParameters(container, size, json);
    if (!container.ulimits().isEmpty()) {
      json.putList("ulimits", ulimits(container));
    }
    putPairs(json, "systemControls", "namespace", "value", container.systemControls());
    if (container.maximumRestarts() != null) {
      json.put("restartPolicy", Tree.mapping().putBool("enabled", true).build());
    }
    putIfTrue(json, "readonlyRootFilesystem", container.readonlyRootFilesystem());
    putIfTrue(json, "interactive", container.interactive());
    putIfTrue(json, "pseudoTerminal", container.pseudoTerminal());
    if (!container.dockerLabels().isEmpty()) {
      json.put("dockerLabels", Tree.texts(container.dockerLabels()));
    }
    return json.put("logConfiguration", logConfiguration(logs, container.account())).build();
  }

  private static TreeNode dependency(ContainerDependency dependency) {
    if (dependency.condition() == ContainerCondition.LISTENING) {
      throw laptopOnly("condition", dependency.condition().name());
    }
    return Tree.mapping()
        .putText("containerName", dependency.containerName())
        .putText("condition", dependency.condition().name())
        .build();
  }

  private static TreeNode healthCheck(HealthCheck check) {
    return Tree.mapping()
        .putTexts("command", check.command())
        .putNumber("interval", check.interval().toSeconds())
        .putNumber("timeout", check.timeout().toSeconds())
        .putNumber("retries", check.retries())
        .putNumber("startPeriod", check.startPeriod().toSeconds())
        .build();
  }

  private static TreeNode mount(MountPoint mount) {
    return Tree.mapping()
        .putText("sourceVolume", mount.volume())
        .putText("containerPath", mount.containerPath())
        .putBool("readOnly", mount.readOnly())
        .build();
  }

  private static List<TreeNode.Mapping> ulimits(ContainerDefinition container) {
    return container.ulimits().entrySet().stream()
        .map(
            entry ->
                Tree.mapping()
                    .putText("name", entry.getKey())
                    .putNumber("softLimit", entry.getValue().soft())
                    .putNumber("hardLimit", entry.getValue().hard())
                    .build())
        .toList();
  }

  private static void linuxParameters(
      ContainerDefinition container, TaskSize size, Tree.MappingBuilder json) {
    Tree.MappingBuilder linux = Tree.mapping();
    Tree.MappingBuilder capabilities = Tree.mapping();
    putUnlessEmpty(capabilities, "add", container.capabilitiesAdded());
    putUnlessEmpty(capabilities, "drop", container.capabilitiesDropped());
    TreeNode.Mapping changed = capabilities.build();
    if (!changed.entries().isEmpty()) {
      linux.put("capabilities", changed);
    }
    putIfTrue(linux, "initProcessEnabled", container.initProcessEnabled());
    if (!container.tmpfs().isEmpty()) {
      // What Docker gives a tmpfs without a size: half of the memory there is.
      Integer limit = container.memoryMiB();
      int half = Math.max(1, (limit == null ? size.memoryMiB() : limit) / 2);
      linux.putList("tmpfs", container.tmpfs().stream().map(t -> tmpfs(t, half)).toList());
    }
    TreeNode.Mapping parameters = linux.build();
    if (!parameters.entries().isEmpty()) {
      json.put("linuxParameters", parameters);
    }
  }

  private static TreeNode tmpfs(TmpfsMount tmpfs, int defaultMiB) {
    long size = defaultMiB;
    for (String option : tmpfs.options()) {
      Matcher matcher = SIZE.matcher(option.toLowerCase(Locale.ROOT));
      if (matcher.matches() && matcher.group(1).length() < 16) {
        size = Math.max(1, Math.ceilDiv(bytes(matcher), 1L << 20));
      }
    }
    Tree.MappingBuilder json =
        Tree.mapping().putText("containerPath", tmpfs.target()).putNumber("size", size);
    putUnlessEmpty(
        json,
        "mountOptions",
        tmpfs.options().stream().filter(option -> !option.startsWith("size=")).toList());
    return json.build();
  }

  private static long bytes(Matcher size) {
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case "k" -> number << 10;
      case "m" -> number << 20;
      case "g" -> number << 30;
      default -> number;
    };
  }

  /**
   * The mode is always said: what a driver does without one is a setting of the account. A
   * candidate's lines are its result, a service must not stand still because of its log.
   */
  private static TreeNode logConfiguration(LogOptions logs, AccountOptions account) {
    Tree.MappingBuilder options =
        Tree.mapping()
            .putText("awslogs-group", logs.group())
            .putText("awslogs-region", logs.region())
            .putText("awslogs-stream-prefix", logs.streamPrefix());
    if (account.everyLine()) {
      options.putText("mode", "blocking");
    } else {
      options.putText("mode", "non-blocking").putText("max-buffer-size", BUFFER);
    }
    if (logs.createGroup()) {
      options.putText("awslogs-create-group", "true");
    }
    return Tree.mapping().putText("logDriver", "awslogs").put("options", options.build()).build();
  }

  private static void putPairs(
      Tree.MappingBuilder json, String field, String key, String value, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      json.putList(
          field,
          pairs.entrySet().stream()
              .map(
                  pair ->
                      Tree.mapping()
                          .putText(key, pair.getKey())
                          .putText(value, pair.getValue())
                          .build())
              .toList());
    }
  }

  private static void putUnlessEmpty(
      Tree.MappingBuilder json, String field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      json.putText(field, text);
    }
  }

  private static void putUnlessEmpty(
      Tree.MappingBuilder json, String field, @Nullable List<String> texts) {
    if (texts != null && !texts.isEmpty()) {
      json.putTexts(field, texts);
    }
  }

  private static void putNumber(Tree.MappingBuilder json, String field, @Nullable Integer number) {
    if (number != null) {
      json.putNumber(field, number);
    }
  }

  private static void putIfTrue(Tree.MappingBuilder json, String field, boolean value) {
    if (value) {
      json.putBool(field, true);
    }
  }
}
