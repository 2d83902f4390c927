package dev.audition.core.task;

import static dev.audition.core.testkit.ContainerSample.candidate;
import static dev.audition.core.testkit.ContainerSample.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.Ulimit;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.GateCondition;
import dev.audition.core.size.TaskSize;
import dev.audition.core.testkit.ContainerSample;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FargateLoweringTest {
  static final TaskSize SIZE = new TaskSize(1024, 2048);
  static final FargateOptions OPTIONS = FargateOptions.of("/work/app");

  private static final ImageConfigs ROOT_IMAGES = _ -> Optional.of(image(""));

  static ImageConfig image(String user) {
    return new ImageConfig(
        "sha256:1",
        List.of("/entry.sh"),
        List.of("serve", "--all"),
        new LinkedHashMap<>(),
        user,
        "",
        List.of(),
        List.of(),
        null,
        "amd64",
        "");
  }

  static FargateLowered lower(ContainerSample... containers) {
    return FargateLowering.lower(
        ContainerSample.plan(SIZE, List.of("data"), containers), ROOT_IMAGES, OPTIONS);
  }

  static ContainerDefinition container(FargateLowered lowered, String name) {
    return lowered.tasks().getFirst().definition().containers().stream()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Mapping argument(FargateLowered lowered, String name) {
    List<String> command = Objects.requireNonNull(container(lowered, name).command());
    assertThat(command).hasSizeGreaterThanOrEqualTo(3).startsWith("-c");
    return (Mapping) JsonReader.read(command.getLast(), name);
  }

  static String argument(FargateLowered lowered, String name, String key) {
    return JsonWriter.write(argument(lowered, name).find(key).orElseThrow());
  }

  static List<String> said(FargateLowered lowered) {
    return lowered.diagnostics().stream().map(Diagnostic::render).toList();
  }

  private static ContainerDependency on(String name, ContainerCondition condition) {
    return new ContainerDependency(name, condition);
  }

  @Nested
  class OurContainers {
    private final FargateLowered lowered = lower(service("db"), candidate("test"));

    @Test
    void joinTheTask() {
      assertThat(lowered.tasks().getFirst().definition().containers())
          .extracting(ContainerDefinition::name)
          .containsExactly("audition-stage", "audition-keeper", "db", "test");
    }

    @Test
    void includeTheOnlyEssentialOne() {
      assertThat(lowered.tasks().getFirst().definition().containers())
          .filteredOn(ContainerDefinition::essential)
          .extracting(ContainerDefinition::name)
          .containsExactly("audition-keeper");
    }

    @Test
    void startFirst() {
      assertThat(container(lowered, "audition-stage").dependsOn()).isEmpty();
      assertThat(container(lowered, "audition-keeper").dependsOn())
          .containsExactly(on("audition-stage", ContainerCondition.SUCCESS));
      assertThat(container(lowered, "db").dependsOn())
          .containsExactly(
              on("audition-stage", ContainerCondition.SUCCESS),
              on("audition-keeper", ContainerCondition.START));
    }

    @Test
    void knowTheNames() {
      assertThat(argument(lowered, "audition-stage", "hosts"))
          .isEqualTo("{\"db\":\"127.0.0.1\",\"test\":\"127.0.0.1\"}");
    }

    @Test
    void knowTheCandidatesAndTheDeadline() {
      assertThat(argument(lowered, "audition-keeper", "candidates")).isEqualTo("[\"test\"]");
      assertThat(argument(lowered, "audition-keeper", "timeout")).isEqualTo("600");
    }

    @Test
    void runTheStockImageAsRoot() {
      assertThat(container(lowered, "audition-stage").image())
          .isEqualTo("public.ecr.aws/docker/library/python:3.13-slim");
      assertThat(container(lowered, "audition-stage").user()).isEqualTo("0");
    }

    @Test
    void countAmongTheTen() {
      ContainerSample[] nine = new ContainerSample[9];
      for (int i = 0; i < nine.length; i++) {
        nine[i] = candidate("c" + i);
      }
      assertThat(said(lower(nine)))
          .singleElement()
          .asString()
          .contains("at most 10 containers; here are 11, 2 of them Audition's own");
    }
  }

  @Nested
  class Gates {
    @Test
    void becomeDependencies() {
      FargateLowered lowered =
          lower(
              service("db").health(5, 5, 3, 0),
              service("setup").after("db", GateCondition.HEALTHY),
              candidate("test")
                  .after("setup", GateCondition.COMPLETED_SUCCESSFULLY)
                  .after("db", GateCondition.STARTED));
      assertThat(container(lowered, "setup").dependsOn())
          .contains(on("db", ContainerCondition.HEALTHY));
      assertThat(container(lowered, "test").dependsOn())
          .contains(on("setup", ContainerCondition.SUCCESS), on("db", ContainerCondition.START));
      assertThat(argument(lowered, "audition-keeper", "gates"))
          .isEqualTo("[[\"test\",\"setup\",\"SUCCESS\"],[\"setup\",\"db\",\"HEALTHY\"]]");
    }

    @Test
    void thatNoCandidateStandsBehindAreNotHopeless() {
      FargateLowered lowered =
          lower(
              service("job"),
              service("idle").after("job", GateCondition.COMPLETED_SUCCESSFULLY),
              candidate("test"));
      assertThat(argument(lowered, "audition-keeper", "gates")).isEqualTo("[]");
    }

    @Test
    void thatDialGetAContainerForEachSetOfServices() {
      FargateLowered lowered =
          lower(
              service("config").health(5, 5, 3, 0),
              service("db").listening(5432).after("config", GateCondition.HEALTHY),
              service("cache").listening(6379, 6380),
              candidate("one")
                  .after("db", GateCondition.LISTENING)
                  .after("cache", GateCondition.LISTENING),
              candidate("two")
                  .after("cache", GateCondition.LISTENING)
                  .after("db", GateCondition.LISTENING),
              candidate("three").after("db", GateCondition.LISTENING));
      assertThat(container(lowered, "audition-wait-1").dependsOn())
          .containsExactlyInAnyOrder(
              on("audition-stage", ContainerCondition.SUCCESS),
              on("audition-keeper", ContainerCondition.START),
              on("config", ContainerCondition.HEALTHY),
              on("cache", ContainerCondition.START),
              on("db", ContainerCondition.START));
      assertThat(argument(lowered, "audition-wait-1", "services"))
          .isEqualTo(
              "[{\"name\":\"cache\",\"ports\":[6379,6380],\"limit\":60},"
                  + "{\"name\":\"db\",\"ports\":[5432],\"limit\":60}]");
      assertThat(container(lowered, "audition-wait-1").essential()).isFalse();
      for (String candidate : List.of("one", "two")) {
        assertThat(container(lowered, candidate).dependsOn())
            .contains(on("audition-wait-1", ContainerCondition.SUCCESS));
      }
      assertThat(container(lowered, "three").dependsOn())
          .contains(
              on("audition-wait-2", ContainerCondition.SUCCESS),
              on("db", ContainerCondition.START));
    }
  }

  @Nested
  class StartLines {
    @Test
    void areTheImagesWhereNothingIsSaid() {
      ContainerDefinition test = container(lower(candidate("t")), "t");
      assertThat(test.entryPoint()).isNull();
      assertThat(test.command()).isNull();
    }

    @Test
    void sayTheWholeLineWhereTheEntryPointIsCleared() {
      ContainerDefinition test =
          container(lower(candidate("t").entrypoint().command("a", "b")), "t");
      assertThat(test.entryPoint()).containsExactly("a");
      assertThat(test.command()).containsExactly("b");
    }

    @Test
    void sayTheImagesEntryPointWhereTheCommandIsCleared() {
      ContainerDefinition test = container(lower(candidate("t").command()), "t");
      assertThat(test.entryPoint()).containsExactly("/entry.sh");
      assertThat(test.command()).isNull();
    }

    @Test
    void areRefusedWhereNothingIsLeft() {
      assertThat(said(lower(candidate("t").entrypoint())))
          .singleElement()
          .asString()
          .contains("what is left to run is not known");
    }
  }

  @Nested
  class WhatFargateLacks {
    @Test
    void isRefusedOrSaid() {
      FargateLowered lowered =
          lower(
              candidate("t")
                  .build("t")
                  .capabilitiesAdded("NET_ADMIN", "CAP_SYS_PTRACE")
                  .shmSizeBytes(1 << 26)
                  .groups("video")
                  .stopSignal("SIGINT")
                  .sysctl("kernel.shmmax", "1")
                  .sysctl("net.core.somaxconn", "1024")
                  .ulimit("nofile", 100, 50)
                  .ulimit("nonsense", 1, 1)
                  .stopGracePeriod(Duration.ofMinutes(5))
                  .health(60, 90, 100, 0));
      assertThat(lowered.diagnostics())
          .extracting(Diagnostic::path)
          .containsExactlyInAnyOrder(
              "services.t.build",
              "services.t.cap_add",
              "services.t.shm_size",
              "services.t.group_add",
              "services.t.stop_signal",
              "services.t.sysctls",
              "services.t.ulimits",
              "services.t.stop_grace_period",
              "services.t.healthcheck",
              "services.t.healthcheck.timeout");
      ContainerDefinition t = container(lowered, "t");
      assertThat(t.capabilitiesAdded()).containsExactly("SYS_PTRACE");
      assertThat(t.systemControls()).containsOnlyKeys("net.core.somaxconn");
      assertThat(t.ulimits()).containsOnlyKeys("nofile").containsValue(new Ulimit(50, 50));
      assertThat(t.stopTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void isNotSaidOfTheSignalTheImageHasAnyway() {
      assertThat(said(lower(candidate("t").stopSignal("SIGTERM")))).isEmpty();
    }

    @Test
    void isRestartingWithinAMinute() {
      FargateLowered lowered =
          lower(
              service("db").maximumRestarts(3),
              service("setup").maximumRestarts(0),
              candidate("t")
                  .after("setup", GateCondition.COMPLETED_SUCCESSFULLY)
                  .maximumRestarts(0));
      assertThat(container(lowered, "db").maximumRestarts()).isZero();
      assertThat(container(lowered, "setup").maximumRestarts()).isNull();
      assertThat(container(lowered, "t").maximumRestarts()).isNull();
    }

    @Test
    void isMoreCpuThanTheTaskHas() {
      FargateLowered lowered = lower(service("a").cpus(1.0), candidate("t").cpus(3.0));
      assertThat(container(lowered, "a").cpuUnits()).isEqualTo(256);
      assertThat(container(lowered, "t").cpuUnits()).isEqualTo(768);
    }
  }

  @Test
  void rendersAsTheApiTakesIt() {
    FargateLowered lowered =
        lower(
            service("db")
                .health(1, 1, 3, 0)
                .environment("EMPTY", "")
                .memoryLimitMiB(512)
                .tmpfs("/tmp/x", "size=64m", "noexec"),
            candidate("test").command("run").after("db", GateCondition.HEALTHY));
    TreeNode json =
        TaskDefinitionJson.render(
            lowered.tasks().getFirst().definition(),
            new LogOptions("/audition", "eu-central-1", "run", true),
            TaskDefinitionJson.Roles.NONE);
    assertThat(TaskDefinitionRules.check(json))
        .as("what a role would mend")
        .allSatisfy(problem -> assertThat(problem).contains("execution role ARN"));
    assertThat(JsonWriter.write(json))
        .startsWith(
            "{\"family\":\"audition-integration_tests-1\",\"networkMode\":\"awsvpc\","
                + "\"requiresCompatibilities\":[\"FARGATE\"],\"cpu\":\"1024\",\"memory\":\"2048\","
                + "\"runtimePlatform\":{\"cpuArchitecture\":\"X86_64\","
                + "\"operatingSystemFamily\":\"LINUX\"},\"containerDefinitions\":[{\"name\":"
                + "\"audition-stage\"")
        .contains(
            "{\"name\":\"db\",\"image\":\"db:1\",\"essential\":false,"
                + "\"environment\":[{\"name\":\"EMPTY\",\"value\":\"\"}],"
                + "\"dependsOn\":[{\"containerName\":\"audition-stage\",\"condition\":\"SUCCESS\"},"
                + "{\"containerName\":\"audition-keeper\",\"condition\":\"START\"}],"
                + "\"healthCheck\":{\"command\":[\"CMD\",\"true\"],\"interval\":5,\"timeout\":2,"
                + "\"retries\":3,\"startPeriod\":0},\"memory\":512,\"stopTimeout\":10,"
                + "\"linuxParameters\":{\"tmpfs\":[{\"containerPath\":\"/tmp/x\",\"size\":64,"
                + "\"mountOptions\":[\"noexec\"]}]},\"logConfiguration\":{\"logDriver\":\"awslogs\","
                + "\"options\":{\"awslogs-group\":\"/audition\",\"awslogs-region\":\"eu-central-1\","
                + "\"awslogs-stream-prefix\":\"run\",\"mode\":\"non-blocking\","
                + "\"max-buffer-size\":\"25m\",\"awslogs-create-group\":\"true\"}}}")
        .contains(
            "{\"name\":\"test\",\"image\":\"test:1\",\"essential\":false,"
                + "\"command\":[\"run\"]")
        .endsWith("\"volumes\":[{\"name\":\"data\"}]}");
  }
}
