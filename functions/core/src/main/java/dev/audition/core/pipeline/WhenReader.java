package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code when}: branches are decided here, conditions and other steps are told. */
final class WhenReader {
  private static final List<String> KEYS = List.of("branch", "condition", "steps");
  private static final int MAXIMUM_SHOWN = 120;

  private final Reading reading;
  private final Substitution substitution;

  WhenReader(Reading reading, Substitution substitution) {
    this.reading = reading;
    this.substitution = substitution;
  }

  /** Say what a step's run hangs on that is not decided here; empty if nothing does. */
  static Optional<String> undecided(StepNode step) {
    if (!(step.find("when").orElse(null) instanceof Mapping when)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    when.find("condition").ifPresent(condition -> parts.add(shown(condition)));
    when.find("steps").ifPresent(steps -> parts.add("other steps ended so: " + shown(steps)));
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "runs only if " + String.join(" and ", parts) + ", which is not decided here");
  }

  /** Check {@code when} and say why its branch keeps the step from running; null if it does not. */
  @Nullable String skippedBy(StepNode step, boolean chosen) {
    Entry entry = step.entry("when").orElse(null);
    if (entry == null) {
      return null;
    }
    if (!(entry.value() instanceof Mapping when)) {
      refuse(entry.value(), step.path("when"), "a mapping of branch, condition or steps");
      return null;
    }
    checkKeys(when, KEYS, step.path("when"));
    String objection = branchObjection(when, step);
    if (objection != null && chosen) {
      reading
          .diagnostics()
          .warn(
              Category.NO_EFFECT,
              entry.keyLocation(),
              step.path("when"),
              objection + "; the step was asked for by name and runs all the same",
              "");
      return null;
    }
    return objection;
  }

  private @Nullable String branchObjection(Mapping when, StepNode step) {
    TreeNode branch = when.find("branch").orElse(null);
    if (branch == null) {
      return null;
    }
    String path = step.path("when.branch");
    if (!(branch instanceof Mapping mapping)) {
      refuse(branch, path, "a mapping of only or ignore");
      return null;
    }
    checkKeys(mapping, List.of("only", "ignore"), path);
    BranchRule rule =
        new BranchRule(entries(mapping, "only", path), entries(mapping, "ignore", path));
    return rule.objection(
        substitution.variable("CF_BRANCH", branch.location()).orElse(reading.request().branch()));
  }

  private @Nullable List<BranchRule.Entry> entries(Mapping branch, String key, String path) {
    TreeNode node = branch.find(key).orElse(null);
    if (node == null) {
      return null;
    }
    String at = path + "." + key;
    if (!(node instanceof Sequence sequence)) {
      refuse(node, at, "a list of branches");
      return null;
    }
    List<BranchRule.Entry> entries = new ArrayList<>();
    for (TreeNode item : sequence.items()) {
      if (item instanceof Scalar scalar) {
        String text =
            substitution.text(scalar.text(), scalar.location(), at, Substitution.Use.TEXT);
        BranchRule.entry(text)
            .ifPresentOrElse(
                entries::add,
                () ->
                    refuse(
                        item,
                        at,
                        "a name, or /an expression/ of at most %d characters, with no flag but i"
                            .formatted(BranchRule.MAXIMUM_EXPRESSION)));
      } else {
        refuse(item, at, "the name of a branch");
      }
    }
    return entries;
  }

  private void checkKeys(Mapping mapping, List<String> known, String path) {
    for (Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        reading.invalid(
            entry.keyLocation(),
            path + "." + entry.key(),
            "is no key here (expected: %s)".formatted(String.join(", ", known)),
            Near.names(entry.key(), known));
      }
    }
  }

  private void refuse(TreeNode node, String path, String expected) {
    reading.invalid(
        node.location(), path, "is %s (expected: %s)".formatted(node.kind(), expected), "");
  }

  private static String shown(TreeNode node) {
    String text = flat(node);
    return text.length() > MAXIMUM_SHOWN ? text.substring(0, MAXIMUM_SHOWN) + "…" : text;
  }

  private static String flat(TreeNode node) {
    return switch (node) {
      case Scalar scalar -> scalar.text();
      case Sequence sequence ->
          String.join(", ", sequence.items().stream().map(WhenReader::flat).toList());
      case Mapping mapping ->
          String.join(
              ", ",
              mapping.entries().stream()
                  .map(entry -> entry.key() + " " + flat(entry.value()))
                  .toList());
    };
  }
}
