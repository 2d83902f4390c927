package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.hook.HookKind;
import dev.audition.core.pipeline.GatheredHooks.Owner;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what is to be done after a step or the run: {@code hooks}, and the older {@code
 * on_success}, {@code on_fail}, {@code on_finish} of steps.
 *
 * <p>Source of the rules: the pipeline language's validator; {@code notify} is ours.
 */
final class HooksReader {
  /** How hooks that need a container are named in a warning. */
  static final String CONTAINERS = "a hook with commands or steps";

  static final String ON_ELECTED = "on_elected";
  private static final List<String> KINDS =
      Arrays.stream(HookKind.values()).map(HookKind::word).toList();

  /** What a hook may hold beside what is read here: it makes it one that needs a container. */
  private static final List<String> OF_CONTAINERS =
      List.of(
          "exec",
          "steps",
          "mode",
          "fail_fast",
          "strict_fail_fast",
          "type",
          "title",
          "description",
          "image",
          "commands",
          "cmd",
          "shell",
          "entry_point",
          "environment",
          "working_directory",
          "volumes",
          "services",
          "arguments",
          "timeout",
          "retry",
          "when",
          "env",
          "registry_context",
          "create_file",
          "docker_machine");

  private static final List<String> OURS = List.of("notify", "metadata", "annotations");

  private final Reading reading;
  private final HookNode.Texts texts;

  HooksReader(Reading reading, HookNode.Texts texts) {
    this.reading = reading;
    this.texts = texts;
  }

  /** Make one for a pipeline. */
  static HooksReader of(Reading reading, Substitution substitution) {
    return new HooksReader(
        reading,
        (text, location, path) -> substitution.text(text, location, path, Substitution.Use.TEXT));
  }

  /** Read the hooks of a step, in either spelling. */
  void step(StepNode step) {
    Owner owner = new Owner(step.name());
    step.entry("hooks").ifPresent(hooks -> read(owner, node(hooks, step.path("hooks"))));
    boolean both =
        step.find("hooks").orElse(null) instanceof Mapping mapping
            && mapping.keys().stream().anyMatch(KINDS::contains);
    for (String kind : KINDS) {
      step.entry(kind).ifPresent(entry -> old(owner, node(entry, step.path(kind)), both));
    }
  }

  /** Read the hooks of the whole pipeline. */
  void root(Entry hooks, String path) {
    read(Owner.ROOT, node(hooks, path));
  }

  private HookNode node(Entry entry, String path) {
    return new HookNode(entry.value(), path, entry.key(), entry.keyLocation(), reading, texts);
  }

  private void read(Owner owner, HookNode hooks) {
    if (!hooks.isMapping()) {
      hooks.refuse("a mapping of on_success, on_fail and on_finish");
      return;
    }
    List<String> known = new ArrayList<>(KINDS);
    known.add(ON_ELECTED);
    for (HookNode entry : hooks.entries()) {
      if (entry.key().equals(ON_ELECTED)) {
        reading.notYet("hooks." + ON_ELECTED, entry.place());
        continue;
      }
      HookKind.of(entry.key())
          .ifPresentOrElse(kind -> one(owner, kind, entry), () -> entry.refuseKey(known));
    }
  }

  private void one(Owner owner, HookKind kind, HookNode hook) {
    if (hook.node().isNull()) {
      return;
    }
    if (!hook.isMapping()) {
      if (hook.node() instanceof Scalar) {
        hook.refuse("a mapping with notify, metadata or annotations, or a list of commands");
      } else {
        reading.notYet(CONTAINERS, hook.place());
      }
      return;
    }
    for (HookNode entry : hook.entries()) {
      if (!OURS.contains(entry.key()) && !OF_CONTAINERS.contains(entry.key())) {
        List<String> known = new ArrayList<>(OURS);
        known.add("exec");
        known.add("steps");
        entry.refuseKey(known);
      }
    }
    if (hook.entries().stream().anyMatch(entry -> OF_CONTAINERS.contains(entry.key()))) {
      reading.notYet(CONTAINERS, hook.place());
    }
    contents(owner, kind, hook);
  }

  /** The older spelling holds no commands. */
  private void old(Owner owner, HookNode hook, boolean both) {
    if (both) {
      reading.invalid(
          hook.keyLocation(),
          hook.path(),
          "stands beside hooks, which says the same in today's spelling",
          "Move it below hooks.");
      return;
    }
    if (!hook.isMapping()) {
      hook.warn(
          Category.NO_EFFECT,
          "is %s (expected: a mapping with metadata, annotations or notify) and left out"
              .formatted(hook.node().kind()),
          "");
      return;
    }
    for (HookNode entry : hook.entries()) {
      if (OF_CONTAINERS.contains(entry.key())) {
        reading.invalid(
            entry.keyLocation(),
            entry.path(),
            "commands are for hooks only",
            "Write hooks: {%s: {%s: ...}}.".formatted(hook.key(), entry.key()));
      } else if (!OURS.contains(entry.key())) {
        entry.refuseKey(OURS);
      }
    }
    contents(owner, HookKind.of(hook.key()).orElseThrow(), hook);
  }

  private void contents(Owner owner, HookKind kind, HookNode hook) {
    NotifyReader notify = new NotifyReader(reading);
    hook.find("notify")
        .ifPresent(
            node ->
                notify
                    .read(node)
                    .forEach(
                        target -> {
                          if (!reading.hooks().send(owner, kind, target)) {
                            tooMany(node, "notifications", GatheredHooks.MOST_SENDS);
                          }
                        }));
    AnnotationsReader annotations =
        new AnnotationsReader(
            reading,
            (annotation, removed, node) -> {
              if (!reading.hooks().change(owner, kind, annotation, removed)) {
                tooMany(node, "annotations", GatheredHooks.MOST_CHANGES);
              }
            });
    hook.find("metadata").ifPresent(annotations::metadata);
    hook.find("annotations").ifPresent(annotations::annotations);
  }

  private void tooMany(HookNode node, String what, int most) {
    reading
        .diagnostics()
        .refuse(
            Category.SIZE,
            node.keyLocation(),
            node.path(),
            "the file has more than %d %s in its hooks".formatted(most, what),
            "They are kept with every run: send one message and let its receiver pass it on.");
  }
}
