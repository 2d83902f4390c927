package dev.audition.core.task;

import static dev.audition.core.testkit.ContainerSample.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.GateCondition;
import dev.audition.core.plan.Plan;
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
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Whatever a plan asks for, what is registered is what ECS takes. */
class FargateLoweringPropertyTest {
  private static final List<String> CAPABILITIES = List.of("SYS_PTRACE", "NET_ADMIN", "CAP_KILL");

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
    return ContainerSample.plan(size, List.of("data", "odd.name/1"), containers);
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
              definition, new LogOptions("g", "r", "p", false), TaskDefinitionJson.Roles.NONE);
      assertThat(TaskDefinitionRules.check(json))
          .as(() -> "seed %d: %s".formatted(seed, JsonWriter.writePretty(json)))
          .isEmpty();
      String text = JsonWriter.write(json);
      assertThat(TaskDefinitionRules.check(JsonReader.read(text, "json"))).isEmpty();
    }
  }
}
