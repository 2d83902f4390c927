package dev.audition.core.hook;

import dev.audition.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * All hooks of a pipeline, its steps' and its own.
 *
 * @param sends notifications
 * @param changes annotations, in the order in which those of one step and kind are made
 */
public record Hooks(List<Hook> sends, List<AnnotationChange> changes) {
  /** Stands for the run where a step's number is wanted. */
  public static final int RUN = 0;

  /** No hooks. */
  public static final Hooks NONE = new Hooks(List.of(), List.of());

  public Hooks {
    sends = List.copyOf(sends);
    changes = List.copyOf(changes);
  }

  /** Return whether there is nothing to do, ever. */
  public boolean isEmpty() {
    return sends.isEmpty() && changes.isEmpty();
  }

  /** Return these without anything to send; annotations stay. */
  public Hooks withoutSends() {
    return new Hooks(List.of(), changes);
  }

  /** Return what a verdict sets off, in the order in which it is sent. */
  public List<Hook> firing(int step, Verdict verdict) {
    return HookKind.firing(verdict).stream()
        .flatMap(kind -> sends.stream().filter(hook -> hook.step() == step && hook.kind() == kind))
        .toList();
  }

  /**
   * Return the annotations that stand after some ends.
   *
   * @param ends verdicts by step number, in the order in which they came
   */
  public List<Annotation> annotations(SequencedMap<Integer, Verdict> ends) {
    List<Annotation> standing = new ArrayList<>();
    for (Map.Entry<Integer, Verdict> end : ends.entrySet()) {
      for (HookKind kind : HookKind.firing(end.getValue())) {
        changes.stream()
            .filter(change -> change.step() == end.getKey() && change.kind() == kind)
            .forEach(change -> make(change, standing));
      }
    }
    return List.copyOf(standing);
  }

  private static void make(AnnotationChange change, List<Annotation> standing) {
    standing.removeIf(change.annotation()::sameKey);
    if (!change.removed()) {
      standing.add(change.annotation());
    }
  }
}
