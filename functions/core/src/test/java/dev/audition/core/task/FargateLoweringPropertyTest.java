package dev.audition.core.task;

import static dev.audition.core.testkit.ContainerSample.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.GateCondition;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedArtifact;
import dev.audition.core.plan.PlannedMount;
import dev.audition.core.size.FargateSizes;
import dev.audition.core.size.TaskSize;
import dev.audition.core.testkit.ContainerSample;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a plan asks for, what is registered is what ECS takes. */
class FargateLoweringPropertyTest {
  private static final List<String> CAPABILITIES = List.of("SYS_PTRACE", "NET_ADMIN", "CAP_KILL");

  /** All that is ever registered: what ECS refuses of other fields cannot come. */
  private static final Set<String> FIELDS =
      Set.of(
          ("family executionRoleArn networkMode requiresCompatibilities cpu memory runtimePlatform"
               + " cpuArchitecture operatingSystemFamily containerDefinitions volumes name image"
               + " essential entryPoint command environment value user workingDirectory dependsOn"
               + " containerName condition healthCheck interval timeout retries startPeriod"
               + " mountPoints sourceVolume containerPath readOnly stopTimeout linuxParameters"
               + " capabilities add drop initProcessEnabled tmpfs size mountOptions ulimits"
               + " softLimit hardLimit systemControls namespace restartPolicy enabled"
               + " readonlyRootFilesystem interactive pseudoTerminal dockerLabels logConfiguration"
               + " logDriver options awslogs-group awslogs-region awslogs-stream-prefix mode"
               + " max-buffer-size")
              .split(" "));

  private static Stream<String> fields(TreeNode node) {
    return switch (node) {
      case TreeNode.Scalar _ -> Stream.empty();
      case TreeNode.Sequence sequence ->
          sequence.items().stream().flatMap(FargateLoweringPropertyTest::fields);
      case TreeNode.Mapping mapping ->
          mapping.entries().stream()
              .flatMap(entry -> Stream.concat(Stream.of(entry.key()), fields(entry.value())));
    };
  }

  private static Plan plan(RandomGenerator random) {
    List<TaskSize> sizes = FargateSizes.all();
    TaskSize size = sizes.get(random.nextInt(sizes.size()));
    int count = 1 + random.nextInt(5);
    ContainerSample[] containers = new ContainerSample[count];
    boolean[] healthy = new boolean[count];
    boolean[] dialled = new boolean[count];
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      ContainerSample container =
          last ? ContainerSample.candidate("c" + i) : ContainerSample.service("c" + i);
      healthy[i] = random.nextBoolean();
      dialled[i] = !healthy[i] && random.nextBoolean();
      if (healthy[i]) {
        container.health(
            1 + random.nextLong(400),
            1 + random.nextLong(100),
            1 + random.nextInt(50),
            random.nextLong(400));
      }
      if (dialled[i]) {
        container.listening(1 + random.nextInt(65535));
      }
      for (int j = 0; j < i; j++) {
        gate(random, container, j, healthy[j], dialled[j]);
      }
      containers[i] = decorate(random, container, size);
    }
    List<PlannedArtifact> artifacts =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new PlannedArtifact(
                    "volumes/data",
                    new PlannedMount.VolumeMount("data", "/data", false, PLACE),
                    "reports"));
    return ContainerSample.plan(size, List.of("data", "odd.name/1"), artifacts, containers);
  }

  private static void gate(
      RandomGenerator random, ContainerSample container, int on, boolean healthy, boolean dialled) {
    switch (random.nextInt(4)) {
      case 0 -> container.after("c" + on, GateCondition.STARTED);
      case 1 ->
          container.after(
              "c" + on,
              healthy
                  ? GateCondition.HEALTHY
                  : dialled ? GateCondition.LISTENING : GateCondition.STARTED);
      case 2 -> container.after("c" + on, GateCondition.COMPLETED_SUCCESSFULLY);
      default -> {}
    }
  }

  private static ContainerSample decorate(
      RandomGenerator random, ContainerSample container, TaskSize size) {
    if (random.nextBoolean()) {
      container
          .memoryLimitMiB(6 + random.nextInt(size.memoryMiB() - 6))
          .cpus(random.nextDouble(40));
    }
    if (random.nextBoolean()) {
      container
          .capabilitiesAdded(CAPABILITIES.get(random.nextInt(3)))
          .shmSizeBytes(1)
          .groups("g")
          .sysctl(random.nextBoolean() ? "net.a" : "vm.a", "1")
          .ulimit("nofile", random.nextLong(-1, 10), random.nextLong(-1, 10));
    }
    if (random.nextBoolean()) {
      container
          .stopGracePeriod(Duration.ofMillis(random.nextLong(200_000)))
          .stopSignal("SIGINT")
          .maximumRestarts(random.nextInt(3))
          .environment("A", "multi\nline")
          .environment("B", "")
          .tmpfs("/tmp/a", "size=" + random.nextInt(100_000) + "k")
          .tmpfs("/data");
    }
    if (random.nextBoolean()) {
      container
          .mount(new PlannedMount.VolumeMount("odd.name/1", "/data", false, PLACE))
          .mount(new PlannedMount.FolderMount("/w/a b/ü", "/x", true, true, PLACE))
          .mount(new PlannedMount.FolderMount("/w", "/y", true, true, PLACE))
          .mount(new PlannedMount.TextMount("secret", "/run/secrets/s", PLACE))
          .mount(new PlannedMount.FileMount("/w/f", "/data/f", true, PLACE));
    }
    return switch (random.nextInt(4)) {
      case 0 -> container.user("1000");
      case 1 -> container.entrypoint().command("a", "b");
      case 2 -> container.command();
      default -> container;
    };
  }

  @Test
  void whatIsRenderedBreaksNoRule() {
    long seed = Long.getLong("audition.seed", 20261120L);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 1000; round++) {
      Plan plan = plan(random);
      ImageConfigs images =
          random.nextBoolean()
              ? ImageConfigs.NONE
              : _ -> Optional.of(FargateLoweringTest.image(random.nextBoolean() ? "" : "app"));
      FargateLowered lowered = FargateLowering.lower(plan, images, FargateOptions.of("/w"));
      TaskDefinition definition = lowered.tasks().getFirst().definition();
      if (definition.containers().size() > FargateLowering.MAXIMUM_CONTAINERS) {
        assertThat(lowered.refused()).isTrue();
        continue;
      }
      TreeNode json =
          TaskDefinitionJson.render(
              definition,
              new LogOptions("g", "r", "p", false),
              new TaskDefinitionJson.Roles("arn:aws:iam::123456789012:role/x", null));
      assertThat(TaskDefinitionRules.check(json))
          .as(() -> "seed %d: %s".formatted(seed, JsonWriter.writePretty(json)))
          .isEmpty();
      assertThat(fields(json)).isSubsetOf(FIELDS);
      String text = JsonWriter.write(json);
      assertThat(TaskDefinitionRules.check(JsonReader.read(text, "json"))).isEmpty();
    }
  }
}
