package dev.audition.core.task;

import dev.audition.core.compose.Capabilities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for one container definition; see {@link TaskDefinitionRules}. */
final class ContainerRules {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "image",
          "repositoryCredentials",
          "cpu",
          "memory",
          "memoryReservation",
          "portMappings",
          "essential",
          "restartPolicy",
          "entryPoint",
          "command",
          "environment",
          "environmentFiles",
          "mountPoints",
          "volumesFrom",
          "linuxParameters",
          "secrets",
          "dependsOn",
          "startTimeout",
          "stopTimeout",
          "versionConsistency",
          "user",
          "workingDirectory",
          "readonlyRootFilesystem",
          "interactive",
          "pseudoTerminal",
          "dockerLabels",
          "ulimits",
          "logConfiguration",
          "healthCheck",
          "systemControls",
          "firelensConfiguration");

  /** What the API has and Fargate refuses, with the reason it gives. */
  private static final Map<String, String> NOT_ON_FARGATE =
      Map.of(
          "extraHosts",
          "Extra hosts are not supported on container when networkMode=awsvpc",
          "hostname",
          "hostname is not supported on container when networkMode=awsvpc",
          "links",
          "Links are not supported when networkMode=awsvpc",
          "dnsServers",
          "DNS servers are not supported on container when networkMode=awsvpc",
          "dnsSearchDomains",
          "DNS search domains are not supported on container when networkMode=awsvpc",
          "disableNetworking",
          "Disable Networking is not supported on container when networkMode=awsvpc",
          "dockerSecurityOptions",
          "dockerSecurityOptions is not supported on Fargate",
          "resourceRequirements",
          "resourceRequirements (GPU) is not supported on Fargate",
          "privileged",
          "privileged is not supported on Fargate",
          "credentialSpecs",
          "credentialSpecs is not supported on Fargate for Linux");

  private static final Pattern S3_FILE = Pattern.compile("arn:aws[a-z-]*:s3:::[^/]+/.+\\.env");

  private final List<String> broken = new ArrayList<>();
  private final JsonFields container;

  private ContainerRules(JsonFields container) {
    this.container = container;
  }

  static boolean isEssential(JsonFields container) {
    return !container.has("essential") || container.isTrue("essential");
  }

  /** Return one line for each rule a container breaks. */
  static List<String> check(JsonFields container, long taskMemory, boolean executionRole) {
    ContainerRules rules = new ContainerRules(container);
    rules.checkFields();
    rules.checkMemory(taskMemory);
    rules.checkHealth();
    rules.checkTimes();
    rules.checkLinuxParameters();
    rules.checkUlimits();
    rules.checkPorts();
    rules.checkEnvironment(executionRole);
    rules.checkLogs(executionRole);
    return rules.broken;
  }

  /** Return what is wrong with the environment that an override gives. */
  static List<String> checkEnvironment(JsonFields override) {
    ContainerRules rules = new ContainerRules(override);
    rules.checkEnvironment(false);
    return rules.broken;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  private void range(JsonFields object, String field, long from, long to) {
    if (object.has(field)) {
      long value = object.number(field);
      require(
          value >= from && value <= to,
          "%s: %s (expected: %d to %d)".formatted(field, object.text(field), from, to));
    }
  }

  private void checkFields() {
    for (String field : container.names()) {
      String reason = NOT_ON_FARGATE.get(field);
      if (reason != null) {
        broken.add(reason);
      } else {
        require(FIELDS.contains(field), "unknown field: " + field);
      }
    }
    String name = container.text("name");
    require(TaskDefinitionRules.NAME.matcher(name).matches(), "container name: " + name);
    int image = container.text("image").length();
    require(
        image >= 1 && image <= TaskDefinitionRules.LONGEST_IMAGE,
        "image: %d characters (expected: 1 to 255)".formatted(image));
  }

  private void checkMemory(long taskMemory) {
    range(container, "memory", 4, taskMemory);
    range(container, "memoryReservation", 4, taskMemory);
    if (container.has("memory") && container.has("memoryReservation")) {
      require(
          container.number("memoryReservation") <= container.number("memory"),
          "memoryReservation exceeds memory");
    }
  }

  private void checkHealth() {
    container
        .object("healthCheck")
        .ifPresent(
            health -> {
              List<String> command = health.texts("command");
              require(
                  command.size() >= 2 && Set.of("CMD", "CMD-SHELL").contains(command.getFirst()),
                  "healthCheck.command must begin with CMD or CMD-SHELL");
              range(health, "interval", 5, 300);
              range(health, "timeout", 2, 60);
              range(health, "retries", 1, 10);
              range(health, "startPeriod", 0, 300);
            });
  }

  private void checkTimes() {
    range(container, "startTimeout", 2, 120);
    range(container, "stopTimeout", 2, 120);
    container
        .object("restartPolicy")
        .ifPresent(
            policy -> {
              require(policy.has("enabled"), "restartPolicy needs enabled");
              require(policy.texts("ignoredExitCodes").size() <= 50, "more than 50 exit codes");
              range(policy, "restartAttemptPeriod", 60, 1800);
            });
  }

  private void checkLinuxParameters() {
    container
        .object("linuxParameters")
        .ifPresent(
            linux -> {
              for (String field : List.of("devices", "sharedMemorySize", "maxSwap", "swappiness")) {
                require(
                    !linux.has(field),
                    "Fargate compatible task definitions do not support " + field);
              }
              linux
                  .object("capabilities")
                  .ifPresent(
                      capabilities ->
                          capabilities.texts("add").stream()
                              .filter(capability -> !capability.equals("SYS_PTRACE"))
                              .forEach(c -> broken.add(c + " is not allowed on Fargate")));
              linux
                  .object("capabilities")
                  .ifPresent(
                      capabilities ->
                          capabilities.texts("drop").stream()
                              .filter(capability -> !Capabilities.ECS.contains(capability))
                              .forEach(c -> broken.add("unknown capability: " + c)));
              for (JsonFields tmpfs : linux.list("tmpfs")) {
                require(tmpfs.text("containerPath").startsWith("/"), "tmpfs: containerPath");
                require(tmpfs.number("size") >= 1, "tmpfs: size in MiB is required");
                for (String option : tmpfs.texts("mountOptions")) {
                  require(
                      TaskDefinitionRules.MOUNT_OPTIONS.contains(option.split("=", 2)[0]),
                      "tmpfs: mount option: " + option);
                }
              }
            });
    for (JsonFields control : container.list("systemControls")) {
      require(
          control.text("namespace").startsWith("net."),
          "systemControls: " + control.text("namespace"));
    }
  }

  private void checkUlimits() {
    Set<String> names = new HashSet<>();
    for (JsonFields limit : container.list("ulimits")) {
      String name = limit.text("name");
      require(TaskDefinitionRules.ULIMITS.contains(name), "ulimit: " + name);
      require(names.add(name), "ulimit given twice: " + name);
      require(
          limit.has("softLimit") && limit.has("hardLimit"), name + ": both limits are required");
      long soft = unlimited(limit.number("softLimit"));
      long hard = unlimited(limit.number("hardLimit"));
      require(soft <= hard, name + ": the soft limit exceeds the hard one");
    }
  }

  private static long unlimited(long limit) {
    return limit < 0 ? Long.MAX_VALUE : limit;
  }

  private void checkPorts() {
    for (JsonFields mapping : container.list("portMappings")) {
      range(mapping, "containerPort", 1, 65535);
      require(
          !mapping.has("hostPort") || mapping.number("hostPort") == mapping.number("containerPort"),
          "When networkMode=awsvpc, the host ports and container ports in port mappings must"
              + " match");
    }
  }

  private void checkEnvironment(boolean executionRole) {
    Set<String> names = new HashSet<>();
    for (JsonFields variable : container.list("environment")) {
      String name = variable.text("name");
      require(!name.isEmpty() && variable.isText("value"), "environment: name and value are texts");
      require(names.add(name), "environment: given twice: " + name);
    }
    List<JsonFields> secrets = container.list("secrets");
    require(
        secrets.isEmpty() || executionRole,
        "When you are specifying container secrets, you must also specify a value for"
            + " 'executionRoleArn'");
    for (JsonFields secret : secrets) {
      require(names.add(secret.text("name")), "secret and environment: " + secret.text("name"));
    }
    List<JsonFields> files = container.list("environmentFiles");
    require(files.size() <= 10, "more than 10 environment files");
    for (JsonFields file : files) {
      require(
          file.text("type").equals("s3") && S3_FILE.matcher(file.text("value")).matches(),
          "an environment file is of type s3, the ARN of an object, and ends with .env");
    }
  }

  private void checkLogs(boolean executionRole) {
    container
        .object("logConfiguration")
        .ifPresent(
            logs -> {
              String driver = logs.text("logDriver");
              require(
                  Set.of("awslogs", "splunk", "awsfirelens").contains(driver),
                  "log driver on Fargate: " + driver);
              if (driver.equals("awslogs")) {
                require(
                    executionRole,
                    "Fargate requires task definition to have execution role ARN to support log"
                        + " driver awslogs.");
                for (String option :
                    List.of("awslogs-group", "awslogs-region", "awslogs-stream-prefix")) {
                  require(
                      logs.object("options").map(o -> !o.text(option).isEmpty()).orElse(false),
                      "awslogs needs " + option);
                }
              }
            });
  }
}
