package dev.audition.core.testkit;

import dev.audition.core.run.RunId;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.task.TaskDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Steps whose preparation comes to what a test says. */
public final class ScriptedPreparation implements StepPreparation {
  private final Map<Integer, List<TaskDefinition>> definitions = new HashMap<>();
  private final Map<Integer, Deque<Prepared>> answers = new HashMap<>();
  private final List<Integer> prepared = new ArrayList<>();

  /** Say what a step's tasks are. */
  public ScriptedPreparation step(int number, TaskDefinition... tasks) {
    definitions.put(number, List.of(tasks));
    return this;
  }

  /** Say what comes of the next preparation of a step that no answer waits for yet. */
  public ScriptedPreparation answers(int number, Prepared answer) {
    answers.computeIfAbsent(number, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  @Override
  public synchronized Prepared prepare(RunId run, int stepNumber) {
    prepared.add(stepNumber);
    Deque<Prepared> queue = answers.getOrDefault(stepNumber, new ArrayDeque<>());
    return queue.isEmpty()
        ? new Prepared.Ready(definitions(run, stepNumber), List.of())
        : queue.remove();
  }

  @Override
  public synchronized List<TaskDefinition> definitions(RunId run, int stepNumber) {
    return Objects.requireNonNull(
        definitions.get(stepNumber), () -> "step " + stepNumber + " has no definitions");
  }

  /** Return the steps that were prepared, in order, each as often as it was. */
  public synchronized List<Integer> prepared() {
    return List.copyOf(prepared);
  }
}
