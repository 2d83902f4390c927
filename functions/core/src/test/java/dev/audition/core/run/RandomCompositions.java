package dev.audition.core.run;

import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.testkit.ContainerScript;
import dev.audition.core.testkit.TaskDefinitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Compositions of a few containers with gates and scripts by chance. */
final class RandomCompositions {
  /**
   * One of them.
   *
   * @param seed makes the same one again
   */
  record Sample(
      long seed,
      TaskDefinition definition,
      List<String> candidates,
      Map<String, ContainerScript> scripts,
      boolean marksDependents) {
    void play(World world) {
      world.step(definition, candidates.toArray(String[]::new));
      scripts.forEach(world.runtime::script);
      if (marksDependents) {
        world.runtime.marksDependents();
      }
    }
  }

  private static final List<String> REASONS =
      List.of(
          "CannotPullContainerError: manifest unknown",
          "CannotStartContainerError: exec: \"x\": executable file not found in $PATH",
          "CannotPullContainerError: pull access denied");

  private static final List<String> OUTSIDE_REASONS =
      List.of(
          "CannotPullContainerError: toomanyrequests: slow down",
          "CannotPullContainerError: dial tcp: i/o timeout",
          "CannotStartContainerError: no space left on device");

  private final RandomGenerator random;

  /**
   * Whether what keeps containers from starting comes from outside. Never some of each: where both
   * keep the same candidate from running, the one that is seen first is the cause.
   */
  private final boolean outside;

  /** One of them for all: some are tried again and some are not, and the first one seen decides. */
  private final String outsideReason;

  private RandomCompositions(RandomGenerator random) {
    this.random = random;
    this.outside = random.nextInt(4) == 0;
    this.outsideReason = OUTSIDE_REASONS.get(random.nextInt(OUTSIDE_REASONS.size()));
  }

  static Sample of(long seed) {
    return new RandomCompositions(new SplittableRandom(seed)).sample(seed);
  }

  private Sample sample(long seed) {
    int services = random.nextInt(4);
    int candidates = 1 + random.nextInt(2);
    TaskDefinitions task = TaskDefinitions.task();
    Map<String, ContainerScript> scripts = new LinkedHashMap<>();
    List<String> earlier = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      String name = "service" + i;
      ContainerDependency[] gates = gates(earlier);
      if (random.nextInt(3) == 0) {
        task.dialled(name, gates);
      } else {
        task.container(name, gates);
      }
      scripts.put(name, service());
      earlier.add(name);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      String name = "candidate" + i;
      ContainerDependency[] gates = gates(earlier);
      if (candidates == 1) {
        task.essential(name, gates);
      } else {
        task.container(name, gates);
      }
      scripts.put(name, candidate());
      names.add(name);
      earlier.add(name);
    }
    return new Sample(seed, task.build(), names, scripts, random.nextBoolean());
  }

  private ContainerDependency[] gates(List<String> earlier) {
    return earlier.stream()
        .filter(_ -> random.nextInt(2) == 0)
        .map(name -> TaskDefinitions.waits(name, condition(name)))
        .toArray(ContainerDependency[]::new);
  }

  private ContainerCondition condition(String name) {
    ContainerCondition[] all = ContainerCondition.values();
    ContainerCondition any = all[random.nextInt(all.length)];
    boolean candidate = name.startsWith("candidate");
    return candidate && any == ContainerCondition.LISTENING ? ContainerCondition.START : any;
  }

  private ContainerScript service() {
    return switch (random.nextInt(8)) {
      case 0 -> outside ? steady() : ContainerScript.exits(0, time());
      case 1 ->
          outside ? steady() : ContainerScript.exits(3, time()).healthy(time()).listens(time());
      case 2 -> outside ? steady() : ContainerScript.stays().unhealthy(time());
      case 3 -> outside ? steady() : ContainerScript.runsOutOfMemory(time()).healthy(time());
      case 4 -> ContainerScript.cannotStart(reason());
      case 5 -> ContainerScript.stays().listens(null).healthy(null);
      default -> steady();
    };
  }

  private ContainerScript steady() {
    return ContainerScript.stays().healthy(time()).listens(time());
  }

  private ContainerScript candidate() {
    return switch (random.nextInt(8)) {
      case 0 -> ContainerScript.exits(1, time());
      case 1 -> ContainerScript.runsOutOfMemory(time());
      case 2 -> ContainerScript.cannotStart(reason());
      case 3 -> outside ? steady() : ContainerScript.stays().unhealthy(time());
      default -> ContainerScript.exits(0, time());
    };
  }

  private String reason() {
    List<String> reasons = outside ? List.of(outsideReason) : REASONS;
    return reasons.get(random.nextInt(reasons.size()));
  }

  private Duration time() {
    return Duration.ofMillis(random.nextInt(20) * 500L);
  }
}
