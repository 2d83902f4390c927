package dev.audition.handlers.wire;

import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.Ulimit;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.AccountOptions;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.MountPoint;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskVolume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a registered definition and what one launch adds to it into what the runtime runs.
 *
 * <p>What has no word there: a restart policy, because Fargate restarts only what ran for a minute
 * and no run here does; the platform, because the images are those of the engine.
 */
final class TaskTranslation {
  private static final int DEFAULT_STOP_SECONDS = 30;

  /** What ECS puts into the environment of each container. */
  @FunctionalInterface
  interface OwnVariables {
    Map<String, String> of(String container);
  }

  private final LaunchSources sources;

  TaskTranslation(LaunchSources sources) {
    this.sources = sources;
  }

  /**
   * Translate.
   *
   * @param overrides RunTask's
   * @throws ResourceInitializationException if an environment file or a secret cannot be had
   */
  TaskDefinition translate(RegisteredDefinition registered, Fields overrides, OwnVariables own) {
    Fields task = registered.fields();
    Map<String, Fields> byName = new LinkedHashMap<>();
    overrides.list("containerOverrides").forEach(o -> byName.put(o.text("name"), o));
    return new TaskDefinition(
        registered.family(),
        new TaskSize(task.number("cpu", 0), task.number("memory", 0)),
        registered.containers().stream()
            .map(
                container -> {
                  String name = container.text("name");
                  return container(container, byName.getOrDefault(name, Fields.NONE), own.of(name));
                })
            .toList(),
        task.list("volumes").stream()
            .<TaskVolume>map(volume -> new TaskVolume.Empty(volume.text("name")))
            .toList(),
        new LinkedHashMap<>(),
        "");
  }

  private ContainerDefinition container(Fields json, Fields overrides, Map<String, String> own) {
    Fields linux = json.object("linuxParameters");
    Fields capabilities = linux.object("capabilities");
    SequencedMap<String, String> environment = environment(json, overrides);
    environment.putAll(own);
    return new ContainerDefinition(
        json.text("name"),
        json.text("name"),
        json.text("image"),
        !json.has("essential") || json.isTrue("essential"),
        unlessEmpty(json.texts("entryPoint")),
        unlessEmpty(overrides.has("command") ? overrides.texts("command") : json.texts("command")),
        environment,
        json.text("user"),
        json.text("workingDirectory"),
        json.list("dependsOn").stream().map(TaskTranslation::dependency).toList(),
        json.find("healthCheck").map(TaskTranslation::healthCheck).orElse(null),
        null,
        ports(json),
        json.list("mountPoints").stream().map(TaskTranslation::mount).toList(),
        linux.list("tmpfs").stream().map(TaskTranslation::tmpfs).toList(),
        json.has("memory") ? Integer.valueOf(json.number("memory", 0)) : null,
        json.has("cpu") ? Integer.valueOf(json.number("cpu", 0)) : null,
        seconds(json, "stopTimeout", DEFAULT_STOP_SECONDS),
        "",
        null,
        linux.isTrue("initProcessEnabled"),
        json.isTrue("pseudoTerminal"),
        json.isTrue("interactive"),
        json.isTrue("readonlyRootFilesystem"),
        capabilities.texts("add"),
        capabilities.texts("drop"),
        List.of(),
        ulimits(json),
        json.pairs("systemControls", "namespace"),
        null,
        json.map("dockerLabels"),
        AccountOptions.NONE);
  }

  /** What stands in the definition beats a file; what a launch says beats both; then secrets. */
  private SequencedMap<String, String> environment(Fields json, Fields overrides) {
    SequencedMap<String, String> environment = new LinkedHashMap<>();
    Fields files = overrides.has("environmentFiles") ? overrides : json;
    for (Fields file : files.list("environmentFiles")) {
      EnvironmentFile.parse(object(file.text("value"))).forEach(environment::putIfAbsent);
    }
    environment.putAll(json.pairs("environment", "name"));
    environment.putAll(overrides.pairs("environment", "name"));
    for (Fields secret : json.list("secrets")) {
      String from = secret.text("valueFrom");
      environment.put(
          secret.text("name"),
          sources
              .secret(from)
              .orElseThrow(
                  () ->
                      new ResourceInitializationException(
                          "unable to pull secrets or registry auth: execution resource retrieval"
                              + " failed: unable to retrieve secret from asm: "
                              + from)));
    }
    return environment;
  }

  /** Read an object by an ARN such as {@code arn:aws:s3:::bucket/folder/file.env}. */
  private String object(String arn) {
    String[] path = arn.substring(arn.lastIndexOf(':') + 1).split("/", 2);
    return sources
        .object(path[0], path.length > 1 ? path[1] : "")
        .orElseThrow(
            () ->
                new ResourceInitializationException(
                    "failed to download env files: file download command: non empty error stream:"
                        + " NoSuchKey: "
                        + arn));
  }

  private List<Integer> ports(Fields json) {
    return Stream.concat(
            json.list("portMappings").stream().map(port -> port.number("containerPort", 0)),
            sources.exposedPorts(json.text("image")).stream())
        .distinct()
        .toList();
  }

  private static ContainerDependency dependency(Fields json) {
    return new ContainerDependency(
        json.text("containerName"), ContainerCondition.valueOf(json.text("condition")));
  }

  private static HealthCheck healthCheck(Fields json) {
    return new HealthCheck(
        json.texts("command"),
        seconds(json, "interval", 30),
        seconds(json, "timeout", 5),
        json.number("retries", 3),
        seconds(json, "startPeriod", 0),
        false);
  }

  private static MountPoint mount(Fields json) {
    return new MountPoint(
        json.text("sourceVolume"), json.text("containerPath"), json.isTrue("readOnly"));
  }

  private static TmpfsMount tmpfs(Fields json) {
    List<String> options = new ArrayList<>(json.texts("mountOptions"));
    options.add("size=" + json.number("size", 1) + "m");
    return new TmpfsMount(json.text("containerPath"), options);
  }

  private static SequencedMap<String, Ulimit> ulimits(Fields json) {
    SequencedMap<String, Ulimit> limits = new LinkedHashMap<>();
    for (Fields limit : json.list("ulimits")) {
      limits.put(
          limit.text("name"),
          new Ulimit(limit.number("softLimit", -1), limit.number("hardLimit", -1)));
    }
    return limits;
  }

  private static Duration seconds(Fields json, String field, int otherwise) {
    return Duration.ofSeconds(json.number(field, otherwise));
  }

  /** An empty list says the same as none. */
  private static @Nullable List<String> unlessEmpty(List<String> words) {
    return words.isEmpty() ? null : words;
  }
}
