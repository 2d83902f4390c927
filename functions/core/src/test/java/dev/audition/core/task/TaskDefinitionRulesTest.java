package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskDefinitionRulesTest {
  private static final String GOOD =
      """
      family: a-b_1
      executionRoleArn: r
      networkMode: awsvpc
      requiresCompatibilities: [FARGATE]
      cpu: '256'
      memory: '512'
      runtimePlatform: {cpuArchitecture: ARM64, operatingSystemFamily: LINUX}
      volumes: [{name: v}]
      containerDefinitions:
        - name: main
          image: i
          dependsOn: [{containerName: init, condition: SUCCESS}, {containerName: db, condition: HEALTHY}]
          mountPoints: [{sourceVolume: v, containerPath: /v}]
          environment: [{name: A, value: ''}]
          portMappings: [{containerPort: 80}]
          stopTimeout: 120
        - name: init
          image: i
          essential: false
          memory: 512
          cpu: 256
          linuxParameters: {capabilities: {add: [SYS_PTRACE], drop: [ALL]}, tmpfs: [{containerPath: /t, size: 1}]}
          ulimits: [{name: nofile, softLimit: 1, hardLimit: -1}]
        - name: db
          image: i
          essential: false
          restartPolicy: {enabled: true, restartAttemptPeriod: 60}
          systemControls: [{namespace: net.core.somaxconn, value: '1'}]
          healthCheck: {command: [CMD, x], interval: 5, timeout: 60, retries: 10, startPeriod: 300}
          logConfiguration:
            logDriver: awslogs
            options: {awslogs-group: g, awslogs-region: r, awslogs-stream-prefix: p}
      """;

  private static List<String> check(String yaml) {
    Diagnostics diagnostics = new Diagnostics();
    TreeNode node = YamlReader.read(yaml, "f", diagnostics);
    assertThat(diagnostics.sorted()).isEmpty();
    return TaskDefinitionRules.check(node == null ? Tree.nothing() : node);
  }

  @Test
  void acceptAGoodDefinition() {
    assertThat(check(GOOD)).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "family: a-b_1 | family: a.b | family: a.b",
        "networkMode: awsvpc | networkMode: bridge | Fargate requires that networkMode be awsvpc",
        "[FARGATE] | [EC2] | requiresCompatibilities must contain FARGATE",
        "cpu: '256' | cpu: 256 | Fargate requires that 'cpu' be defined at the task level, as text",
        "memory: '512' | memory: '3072' | No Fargate configuration exists for given values: 256,"
            + " 3072",
        "ARM64 | ARM | cpuArchitecture: ARM",
        "volumes: | ipcMode: task NEWLINE volumes: | ipcMode is not supported on Fargate",
        "volumes: | pidMode: host NEWLINE volumes: | pidMode on Fargate is task",
        "volumes: | wrong: x NEWLINE volumes: | unknown field: wrong",
        "volumes: | ephemeralStorage: {sizeInGiB: 20} NEWLINE volumes: | ephemeralStorage: 20 (21"
            + " to 200 GiB)",
        "[{name: v}] | [{name: v, host: {sourcePath: /x}}] | v: host.sourcePath is not supported on"
            + " Fargate",
        "[{name: v}] | [{name: v, dockerVolumeConfiguration: {}}] | v: no Docker volumes on"
            + " Fargate",
        "[{name: v}] | [{name: v}, {name: v}] | volume names must be unique: v",
        "sourceVolume: v | sourceVolume: w | main: unknown volume 'w'",
        "containerPath: /v | containerPath: v | main: mount path: v",
        "containerPath: /v} | containerPath: /v}, {sourceVolume: v, containerPath: /v} | main:"
            + " mounted twice: /v",
        "name: db | name: d.b | d.b: container name: d.b",
        "name: db | name: init | container names must be unique: init",
        "image: i | image: '' | main: image: 0 characters (expected: 1 to 255)",
        "image: i | image: i NEWLINE     extraHosts: [] | main: Extra hosts are not supported on"
            + " container when networkMode=awsvpc",
        "image: i | image: i NEWLINE     hostname: x | main: hostname is not supported on container"
            + " when networkMode=awsvpc",
        "image: i | image: i NEWLINE     links: [] | main: Links are not supported when"
            + " networkMode=awsvpc",
        "image: i | image: i NEWLINE     dnsServers: [] | main: DNS servers are not supported on"
            + " container when networkMode=awsvpc",
        "image: i | image: i NEWLINE     privileged: true | main: privileged is not supported on"
            + " Fargate",
        "image: i | image: i NEWLINE     nonsense: true | main: unknown field: nonsense",
        "containerName: init | containerName: none | Cannot depend on container none because it"
            + " does not exist",
        "condition: SUCCESS | condition: DONE | condition: DONE",
        "essential: false NEWLINE     memory | essential: true NEWLINE     memory | A dependency"
            + " container with SUCCESS or COMPLETE condition cannot be an essential container:"
            + " init",
        "containerName: init, condition: SUCCESS | containerName: init, condition: HEALTHY | init"
            + " must have health check configured",
        "cpu: 256 | cpu: 257 | the containers' cpu, 257, exceeds the task's",
        "memory: 512 | memory: 513 | init: memory: 513 (expected: 4 to 512)",
        "interval: 5 | interval: 4 | db: interval: 4 (expected: 5 to 300)",
        "timeout: 60 | timeout: 61 | db: timeout: 61 (expected: 2 to 60)",
        "retries: 10 | retries: 11 | db: retries: 11 (expected: 1 to 10)",
        "startPeriod: 300 | startPeriod: 301 | db: startPeriod: 301 (expected: 0 to 300)",
        "[CMD, x] | [x] | db: healthCheck.command must begin with CMD or CMD-SHELL",
        "stopTimeout: 120 | stopTimeout: 121 | main: stopTimeout: 121 (expected: 2 to 120)",
        "stopTimeout: 120 | startTimeout: 1 | main: startTimeout: 1 (expected: 2 to 120)",
        "restartAttemptPeriod: 60 | restartAttemptPeriod: 59 | db: restartAttemptPeriod: 59"
            + " (expected: 60 to 1800)",
        "[SYS_PTRACE] | [NET_ADMIN] | init: NET_ADMIN is not allowed on Fargate",
        "linuxParameters: { | linuxParameters: {sharedMemorySize: 1, | init: Fargate compatible"
            + " task definitions do not support sharedMemorySize",
        "/t, size: 1 | /t | init: tmpfs: size in MiB is required",
        "softLimit: 1, hardLimit: -1 | softLimit: 2, hardLimit: 1 | init: nofile: the soft limit"
            + " exceeds the hard one",
        "name: nofile | name: files | init: ulimit: files",
        "net.core.somaxconn | kernel.shmmax | db: systemControls: kernel.shmmax",
        "{containerPort: 80} | {containerPort: 80, hostPort: 81} | main: When networkMode=awsvpc,"
            + " the host ports and container ports in port mappings must match",
        "{containerPort: 80} | {containerPort: 80}, {containerPort: 80} | container port is used"
            + " multiple times in task: 80",
        "{containerPort: 80} | {containerPort: 0} | main: containerPort: 0 (expected: 1 to 65535)",
        "{name: A, value: ''} | {name: A, value: 1} | main: environment: name and value are texts",
        "{name: A, value: ''} | {name: A, value: ''}, {name: A, value: ''} | main: environment:"
            + " given twice: A",
        "environment: | environmentFiles: [{type: s3, value: 'b/x.env'}] NEWLINE     environment: |"
            + " main: an environment file is of type s3, the ARN of an object, and ends with .env",
        "executionRoleArn: r | ephemeralStorage: {sizeInGiB: 21} | db: Fargate requires task"
            + " definition to have execution role ARN to support log driver awslogs.",
        "drop: [ALL] | drop: [EVERYTHING] | init: unknown capability: EVERYTHING",
        "/t, size: 1 | /t, size: 1, mountOptions: [huge=always] | init: tmpfs: mount option:"
            + " huge=always",
        "[{name: v}] | [{name: v}, {name: w}] | Volumes [w] are not referenced by any of the"
            + " containers",
        "volumes: | tags: [{key: 'aws:x', value: y}] NEWLINE volumes: | tag key: aws:x (aws: is"
            + " reserved)",
        "logDriver: awslogs | logDriver: json-file | db: log driver on Fargate: json-file",
        "awslogs-stream-prefix: p | x: y | db: awslogs needs awslogs-stream-prefix",
      })
  void nameWhatIsBroken(String from, String to, String rule) {
    String before = from.replace(" NEWLINE ", "\n");
    assertThat(GOOD).contains(before);
    int at = GOOD.indexOf(before);
    String broken =
        GOOD.substring(0, at)
            + to.replace(" NEWLINE ", "\n")
            + GOOD.substring(at + before.length());
    assertThat(check(broken)).contains(rule);
  }

  @Test
  void refuseSecretsWithoutARoleToReadThem() {
    String secrets =
        GOOD.replace("executionRoleArn: r\n", "")
            .replace(
                "    environment:", "    secrets: [{name: S, valueFrom: x}]\n    environment:");
    assertThat(check(secrets))
        .contains(
            "main: When you are specifying container secrets, you must also specify a value for"
                + " 'executionRoleArn'");
  }

  @Test
  void refuseCycles() {
    String cycle =
        GOOD.replace(
            "name: init\n",
            "name: init\n    dependsOn: [{containerName: main, condition: START}]\n");
    assertThat(check(cycle))
        .singleElement()
        .asString()
        .startsWith("containers depend on each other in a cycle: ")
        .contains("main", "init")
        .doesNotContain("db");
  }

  @Test
  void refuseATaskWithoutAnEssentialContainer() {
    assertThat(check(GOOD.replace("name: main\n", "name: main\n    essential: false\n")))
        .containsExactly("at least one container must be essential");
  }

  @Test
  void refuseMoreThanTenContainers() {
    StringBuilder many = new StringBuilder(GOOD);
    for (int i = 0; i < 8; i++) {
      many.append("  - {name: n").append(i).append(", image: i}\n");
    }
    assertThat(check(many.toString())).containsExactly("11 containers (expected: at most 10)");
  }

  @Test
  void refuseMoreThan64KibibytesOfText() {
    assertThat(check(GOOD.replace("value: ''", "value: '" + "x".repeat(70_000) + "'")))
        .singleElement()
        .asString()
        .endsWith("bytes (expected: at most 64 KiB)");
  }
}
