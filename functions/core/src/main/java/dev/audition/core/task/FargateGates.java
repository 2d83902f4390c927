package dev.audition.core.task;

import dev.audition.core.plan.Gate;
import dev.audition.core.plan.GateCondition;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.TaskPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What waits for what in one Fargate task.
 *
 * <p>ECS cannot wait for a port: for each distinct set of services that somebody waits to be
 * listening there is one container of ours that dials them. It needs what those services need, and
 * whoever waits for them needs it with SUCCESS.
 */
final class FargateGates {
  private final Map<String, PlannedContainer> byService = new LinkedHashMap<>();
  private final SequencedMap<Set<String>, String> waits = new LinkedHashMap<>();
  private final Map<String, Map<String, ContainerCondition>> dependencies = new LinkedHashMap<>();

  FargateGates(TaskPlan task) {
    task.containers().forEach(container -> byService.put(container.service(), container));
    for (PlannedContainer container : task.containers()) {
      Set<String> dialled = dialled(container);
      if (!dialled.isEmpty()) {
        waits.computeIfAbsent(dialled, _ -> OwnContainers.WAIT + (waits.size() + 1));
      }
    }
    task.containers().forEach(container -> dependencies.put(container.service(), own(container)));
  }

  /** A container of ours that dials services. */
  record Wait(String name, List<PlannedContainer> services, List<ContainerDependency> dependsOn) {}

  /** Return the containers that dial. */
  List<Wait> waits() {
    List<Wait> all = new ArrayList<>();
    waits.forEach(
        (services, name) -> {
          Map<String, ContainerCondition> needed = new LinkedHashMap<>(beforeAll());
          for (String service : services) {
            dependencies
                .getOrDefault(service, Map.of())
                .forEach((target, condition) -> add(needed, target, condition));
            add(needed, container(service).containerName(), ContainerCondition.START);
          }
          all.add(
              new Wait(
                  name, services.stream().map(this::container).toList(), dependencies(needed)));
        });
    return all;
  }

  /** Return what a container of the composition depends on. */
  List<ContainerDependency> dependsOn(PlannedContainer container) {
    return dependencies(dependencies.getOrDefault(container.service(), Map.of()));
  }

  /** Return whether somebody waits for this container's end. */
  boolean awaitedToEnd(PlannedContainer container) {
    return byService.values().stream()
        .flatMap(other -> other.gates().stream())
        .anyMatch(
            gate ->
                gate.condition() == GateCondition.COMPLETED_SUCCESSFULLY
                    && gate.service().equals(container.service()));
  }

  /** One gate that can make a candidate's case hopeless. */
  record Hope(String waiter, String target, ContainerCondition condition) {}

  /** Return the gates that candidates, directly or not, stand behind. */
  List<Hope> hopes() {
    SequencedSet<String> needed = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    byService.values().stream()
        .filter(PlannedContainer::candidate)
        .forEach(candidate -> open.add(candidate.service()));
    while (!open.isEmpty()) {
      String service = open.removeFirst();
      if (byService.containsKey(service) && needed.add(service)) {
        container(service).gates().forEach(gate -> open.add(gate.service()));
      }
    }
    List<Hope> hopes = new ArrayList<>();
    for (String service : needed) {
      PlannedContainer waiter = container(service);
      String wait = waits.get(dialled(waiter));
      if (wait != null) {
        hopes.add(new Hope(waiter.containerName(), wait, ContainerCondition.SUCCESS));
      }
      for (Gate gate : waiter.gates()) {
        ContainerCondition condition = condition(gate);
        boolean canFail =
            condition == ContainerCondition.SUCCESS || condition == ContainerCondition.HEALTHY;
        if (canFail && byService.containsKey(gate.service())) {
          hopes.add(
              new Hope(
                  waiter.containerName(), container(gate.service()).containerName(), condition));
        }
      }
    }
    return hopes;
  }

  private PlannedContainer container(String service) {
    PlannedContainer container = byService.get(service);
    if (container == null) {
      throw new IllegalStateException(
          "service: \"%s\" (expected: one of the task)".formatted(service));
    }
    return container;
  }

  private Set<String> dialled(PlannedContainer container) {
    Set<String> dialled = new TreeSet<>();
    for (Gate gate : container.gates()) {
      if (condition(gate) == ContainerCondition.LISTENING) {
        dialled.add(gate.service());
      }
    }
    return dialled;
  }

  /** Say what ECS waits for; what the target does not have cannot be waited for. */
  private ContainerCondition condition(Gate gate) {
    PlannedContainer target = byService.get(gate.service());
    return switch (gate.condition()) {
      case STARTED -> ContainerCondition.START;
      case COMPLETED_SUCCESSFULLY -> ContainerCondition.SUCCESS;
      case HEALTHY ->
          target == null || target.health() == null
              ? ContainerCondition.START
              : ContainerCondition.HEALTHY;
      case LISTENING ->
          target == null || target.listening() == null
              ? ContainerCondition.START
              : ContainerCondition.LISTENING;
    };
  }

  private static Map<String, ContainerCondition> beforeAll() {
    Map<String, ContainerCondition> first = new LinkedHashMap<>();
    first.put(OwnContainers.STAGE, ContainerCondition.SUCCESS);
    first.put(OwnContainers.KEEPER, ContainerCondition.START);
    return first;
  }

  private Map<String, ContainerCondition> own(PlannedContainer container) {
    Map<String, ContainerCondition> needed = new LinkedHashMap<>(beforeAll());
    String wait = waits.get(dialled(container));
    if (wait != null) {
      add(needed, wait, ContainerCondition.SUCCESS);
    }
    for (Gate gate : container.gates()) {
      ContainerCondition condition = condition(gate);
      if (byService.containsKey(gate.service())) {
        add(
            needed,
            container(gate.service()).containerName(),
            condition == ContainerCondition.LISTENING ? ContainerCondition.START : condition);
      }
    }
    return needed;
  }

  /** Add a dependency; of two on one container the one that holds longer stays. */
  private static void add(
      Map<String, ContainerCondition> needed, String target, ContainerCondition condition) {
    needed.merge(target, condition, (a, b) -> strength(a) >= strength(b) ? a : b);
  }

  private static int strength(ContainerCondition condition) {
    return switch (condition) {
      case START, LISTENING -> 0;
      case HEALTHY -> 1;
      case COMPLETE -> 2;
      case SUCCESS -> 3;
    };
  }

  private static List<ContainerDependency> dependencies(Map<String, ContainerCondition> needed) {
    return needed.entrySet().stream()
        .map(entry -> new ContainerDependency(entry.getKey(), entry.getValue()))
        .toList();
  }
}
