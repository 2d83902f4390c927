package dev.audition.core.pipeline;

import dev.audition.core.hook.Annotation;
import dev.audition.core.hook.AnnotationChange;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.Hooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hooks found in a file, before its steps have their numbers. */
final class GatheredHooks {
  /** The most of each that one pipeline may have: they are kept with every run. */
  static final int MOST_SENDS = 20;

  static final int MOST_CHANGES = 50;

  /** Whose hooks they are: the name of a step. */
  record Owner(String name) {
    /** The whole pipeline; no step has this name. */
    static final Owner ROOT = new Owner("");
  }

  private record Send(Owner owner, HookKind kind, HookTarget target) {}

  private record Change(Owner owner, HookKind kind, Annotation annotation, boolean removed) {}

  private final List<Send> sends = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  /** Add a notification; return whether there was room for it. */
  boolean send(Owner owner, HookKind kind, HookTarget target) {
    sends.add(new Send(owner, kind, target));
    return sends.size() <= MOST_SENDS;
  }

  /** Add an annotation; return whether there was room for it. */
  boolean change(Owner owner, HookKind kind, Annotation annotation, boolean removed) {
    changes.add(new Change(owner, kind, annotation, removed));
    return changes.size() <= MOST_CHANGES;
  }

  /**
   * Return them with the numbers of their steps; those of steps that are not there are left out.
   *
   * @param steps the names of the steps, in order
   */
  Hooks numbered(List<String> steps) {
    Map<Owner, Integer> numbers = new HashMap<>();
    numbers.put(Owner.ROOT, Hooks.RUN);
    steps.forEach(name -> numbers.put(new Owner(name), numbers.size()));
    Map<String, Integer> counts = new HashMap<>();
    List<Hook> numbered = new ArrayList<>();
    for (Send send : sends) {
      Integer step = numbers.get(send.owner());
      if (step != null) {
        int number = counts.merge(step + "/" + send.kind().word(), 1, Integer::sum);
        numbered.add(new Hook(step, send.kind(), number, send.target()));
      }
    }
    List<AnnotationChange> changed = new ArrayList<>();
    for (Change change : changes) {
      Integer step = numbers.get(change.owner());
      if (step != null) {
        changed.add(
            new AnnotationChange(step, change.kind(), change.annotation(), change.removed()));
      }
    }
    return new Hooks(numbered, changed);
  }
}
