package dev.audition.local.runtime;

import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDescription;
import dev.audition.local.runtime.ContainerState.Phase;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers of one task, in their order. Guarded by {@link TaskState}, as they are. */
final class ContainerStates {
  private final Map<String, ContainerState> states = new LinkedHashMap<>();

  ContainerStates(List<ContainerDefinition> definitions) {
    for (ContainerDefinition definition : definitions) {
      states.put(definition.name(), new ContainerState(definition));
    }
  }

  Collection<ContainerState> all() {
    return states.values();
  }

  ContainerState get(String name) {
    ContainerState state = states.get(name);
    if (state == null) {
      throw new IllegalArgumentException(
          "container: %s (expected: one of %s)".formatted(name, states.keySet()));
    }
    return state;
  }

  GateAnswer gate(ContainerState state) {
    return Gates.decide(state.definition.dependsOn(), name -> get(name).target());
  }

  /** Return whether everything that depends on a container has stopped. */
  boolean dependentsStopped(String name) {
    return states.values().stream()
        .filter(
            state ->
                state.definition.dependsOn().stream()
                    .anyMatch(dependency -> dependency.containerName().equals(name)))
        .allMatch(ContainerState::stopped);
  }

  boolean allStopped() {
    return states.values().stream().allMatch(ContainerState::stopped);
  }

  /** An essential container that never started is a start that failed. */
  boolean allStarted() {
    return states.values().stream()
        .allMatch(
            state ->
                state.phase == Phase.RUNNING
                    || (state.stopped()
                        && (state.startedAt != null || !state.definition.essential())));
  }

  /** Return the first essential container that has stopped. */
  Optional<ContainerState> stoppedEssential() {
    return states.values().stream()
        .filter(state -> state.definition.essential() && state.stopped())
        .findFirst();
  }

  /** Return those that have been started, ended ones among them. */
  List<ContainerDefinition> started() {
    return states.values().stream()
        .filter(state -> state.startedAt != null)
        .map(state -> state.definition)
        .toList();
  }

  List<ContainerDescription> describe() {
    return states.values().stream().map(ContainerState::describe).toList();
  }
}
