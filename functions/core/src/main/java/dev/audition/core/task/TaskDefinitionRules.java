package dev.audition.core.task;

import dev.audition.core.size.FargateSizes;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the input of {@code RegisterTaskDefinition} against what ECS refuses for Fargate.
 *
 * <p>Sources: the API reference's shapes, the ECS developer guide's pages on Fargate, and the error
 * texts the service answers with. A rule that ECS does not check at registration but that keeps a
 * task from starting is one too.
 */
public final class TaskDefinitionRules {
  /** The most bytes of a definition. */
  public static final int MAXIMUM_BYTES = 64 * 1024;

  /** The names of resource limits the API takes. */
  static final Set<String> ULIMITS =
      Set.of(
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  /** The names of options the API takes for a file system in memory. */
  static final Set<String> MOUNT_OPTIONS =
      Set.of(
          "defaults",
          "ro",
          "rw",
          "suid",
          "nosuid",
          "dev",
          "nodev",
          "exec",
          "noexec",
          "sync",
          "async",
          "dirsync",
          "remount",
          "mand",
          "nomand",
          "atime",
          "noatime",
          "diratime",
          "nodiratime",
          "bind",
          "rbind",
          "unbindable",
          "runbindable",
          "private",
          "rprivate",
          "shared",
          "rshared",
          "slave",
          "rslave",
          "relatime",
          "norelatime",
          "strictatime",
          "nostrictatime",
          "mode",
          "uid",
          "gid",
          "nr_inodes",
          "nr_blocks",
          "mpol");

  /** The most characters of an image's name. */
  static final int LONGEST_IMAGE = 255;

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  private static final Set<String> FIELDS =
      Set.of(
          "family",
          "taskRoleArn",
          "executionRoleArn",
          "networkMode",
          "containerDefinitions",
          "volumes",
          "requiresCompatibilities",
          "cpu",
          "memory",
          "tags",
          "pidMode",
          "ephemeralStorage",
          "runtimePlatform",
          "enableFaultInjection");

  /** What the API has and Fargate has not. */
  private static final Set<String> NOT_ON_FARGATE =
      Set.of("placementConstraints", "ipcMode", "inferenceAccelerators", "proxyConfiguration");

  private final List<String> broken = new ArrayList<>();
  private final JsonFields task;

  private TaskDefinitionRules(JsonFields task) {
    this.task = task;
  }

  /** Return one line for each rule that is broken; none if ECS would register it. */
  public static List<String> check(TreeNode definition) {
    if (!(definition instanceof Mapping mapping)) {
      return List.of("a task definition is an object, not " + definition.kind());
    }
    TaskDefinitionRules rules = new TaskDefinitionRules(new JsonFields(mapping));
    rules.checkTask();
    rules.checkContainers();
    rules.checkVolumes();
    rules.checkDependencies();
    int bytes = JsonWriter.write(definition).getBytes(StandardCharsets.UTF_8).length;
    rules.require(bytes <= MAXIMUM_BYTES, "%d bytes (expected: at most 64 KiB)".formatted(bytes));
    return List.copyOf(rules.broken);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  private void checkTask() {
    for (String field : task.names()) {
      require(!NOT_ON_FARGATE.contains(field), field + " is not supported on Fargate");
      require(FIELDS.contains(field) || NOT_ON_FARGATE.contains(field), "unknown field: " + field);
    }
    require(NAME.matcher(task.text("family")).matches(), "family: " + task.text("family"));
    require(
        task.texts("requiresCompatibilities").contains("FARGATE"),
        "requiresCompatibilities must contain FARGATE");
    require(
        task.text("networkMode").equals("awsvpc"), "Fargate requires that networkMode be awsvpc");
    require(
        !task.has("pidMode") || task.text("pidMode").equals("task"), "pidMode on Fargate is task");
    require(
        task.isText("cpu"), "Fargate requires that 'cpu' be defined at the task level, as text");
    require(
        task.isText("memory"),
        "Fargate requires that 'memory' be defined at the task level, as text");
    long cpu = task.number("cpu");
    long memory = task.number("memory");
    require(
        FargateSizes.all().stream()
            .anyMatch(size -> size.cpuUnits() == cpu && size.memoryMiB() == memory),
        "No Fargate configuration exists for given values: %d, %d".formatted(cpu, memory));
    TagRules.check(task.list("tags")).forEach(broken::add);
    checkPlatform();
  }

  private void checkPlatform() {
    task.object("runtimePlatform")
        .ifPresent(
            platform -> {
              require(
                  Set.of("X86_64", "ARM64").contains(platform.text("cpuArchitecture")),
                  "cpuArchitecture: " + platform.text("cpuArchitecture"));
              require(
                  platform.text("operatingSystemFamily").equals("LINUX"),
                  "operatingSystemFamily: " + platform.text("operatingSystemFamily"));
            });
    task.object("ephemeralStorage")
        .ifPresent(
            storage -> {
              long size = storage.number("sizeInGiB");
              require(size >= 21 && size <= 200, "ephemeralStorage: " + size + " (21 to 200 GiB)");
            });
  }

  private void checkContainers() {
    List<JsonFields> containers = task.list("containerDefinitions");
    require(!containers.isEmpty(), "Container list cannot be empty");
    require(
        containers.size() <= FargateLowering.MAXIMUM_CONTAINERS,
        containers.size() + " containers (expected: at most 10)");
    require(
        containers.stream().anyMatch(ContainerRules::isEssential),
        "at least one container must be essential");
    Set<String> names = new HashSet<>();
    Set<Long> ports = new HashSet<>();
    long cpu = 0;
    for (JsonFields container : containers) {
      String name = container.text("name");
      require(names.add(name), "container names must be unique: " + name);
      for (JsonFields mapping : container.list("portMappings")) {
        long port = mapping.number("containerPort");
        require(ports.add(port), "container port is used multiple times in task: " + port);
      }
      cpu += Math.max(0, container.number("cpu"));
      boolean executionRole = task.has("executionRoleArn");
      for (String problem : ContainerRules.check(container, task.number("memory"), executionRole)) {
        broken.add(name + ": " + problem);
      }
    }
    require(
        cpu <= task.number("cpu"), "the containers' cpu, %d, exceeds the task's".formatted(cpu));
  }

  private void checkVolumes() {
    Set<String> names = new HashSet<>();
    for (JsonFields volume : task.list("volumes")) {
      String name = volume.text("name");
      require(NAME.matcher(name).matches(), "volume name: " + name);
      require(names.add(name), "volume names must be unique: " + name);
      require(!volume.has("dockerVolumeConfiguration"), name + ": no Docker volumes on Fargate");
      require(
          volume.object("host").map(host -> !host.has("sourcePath")).orElse(true),
          name + ": host.sourcePath is not supported on Fargate");
    }
    Set<String> mounted = new HashSet<>();
    for (JsonFields container : task.list("containerDefinitions")) {
      Set<String> paths = new HashSet<>();
      for (JsonFields mount : container.list("mountPoints")) {
        String path = mount.text("containerPath");
        mounted.add(mount.text("sourceVolume"));
        require(
            names.contains(mount.text("sourceVolume")),
            "%s: unknown volume '%s'"
                .formatted(container.text("name"), mount.text("sourceVolume")));
        require(path.startsWith("/"), container.text("name") + ": mount path: " + path);
        require(paths.add(path), container.text("name") + ": mounted twice: " + path);
      }
    }
    names.removeAll(mounted);
    require(names.isEmpty(), "Volumes " + names + " are not referenced by any of the containers");
  }

  private void checkDependencies() {
    Map<String, JsonFields> byName = new LinkedHashMap<>();
    task.list("containerDefinitions").forEach(c -> byName.put(c.text("name"), c));
    Map<String, Set<String>> open = new LinkedHashMap<>();
    for (JsonFields container : byName.values()) {
      Set<String> targets = new HashSet<>();
      for (JsonFields dependency : container.list("dependsOn")) {
        String name = dependency.text("containerName");
        targets.add(name);
        JsonFields target = byName.get(name);
        if (target == null) {
          broken.add("Cannot depend on container " + name + " because it does not exist");
        } else {
          checkCondition(dependency.text("condition"), target);
        }
      }
      open.put(container.text("name"), targets);
    }
    // Take away what waits for nothing; what is left waits in a circle.
    boolean removed = true;
    while (removed) {
      removed = open.values().removeIf(targets -> targets.stream().noneMatch(open::containsKey));
    }
    require(open.isEmpty(), "containers depend on each other in a cycle: " + open.keySet());
  }

  private void checkCondition(String condition, JsonFields target) {
    String name = target.text("name");
    switch (condition) {
      case "START" -> {}
      case "COMPLETE", "SUCCESS" ->
          require(
              !ContainerRules.isEssential(target),
              "A dependency container with SUCCESS or COMPLETE condition cannot be an essential"
                  + " container: "
                  + name);
      case "HEALTHY" ->
          require(target.has("healthCheck"), name + " must have health check configured");
      default -> broken.add("condition: " + condition);
    }
  }
}
