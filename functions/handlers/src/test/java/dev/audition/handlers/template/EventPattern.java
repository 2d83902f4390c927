package dev.audition.handlers.template;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whether an event pattern of EventBridge lets an event through: every field of the pattern must be
 * in the event, with one of the values listed. Nothing but plain values and {@code anything-but} is
 * understood; a pattern with more of the language is a fault here, not a mismatch.
 */
public final class EventPattern {
  private final Mapping pattern;
  private final UnaryOperator<String> resolved;

  /**
   * Make one.
   *
   * @param resolved says what a reference such as {@code !GetAtt Cluster.Arn} stands for
   */
  EventPattern(Mapping pattern, UnaryOperator<String> resolved) {
    this.pattern = pattern;
    this.resolved = resolved;
  }

  /**
   * Return that of the rule which brings changes of tasks.
   *
   * @param cluster whose tasks are meant
   */
  public static EventPattern ofTaskStateChanges(String cluster) {
    return new EventPattern(
        Nodes.mapping(TemplateFile.read().properties("TaskStateChanges"), "EventPattern"),
        text -> text.equals("!GetAtt Cluster.Arn") ? cluster : text);
  }

  /** Return whether an event matches. */
  public boolean matches(Mapping event) {
    return matches(pattern, event);
  }

  private boolean matches(Mapping wanted, Mapping event) {
    return wanted.entries().stream().allMatch(entry -> matches(entry, event));
  }

  private boolean matches(Entry wanted, Mapping event) {
    TreeNode found = event.find(wanted.key()).orElse(null);
    return switch (wanted.value()) {
      case Mapping mapping -> found instanceof Mapping inner && matches(mapping, inner);
      case Sequence values -> found != null && anyOf(values.items(), found);
      case Scalar scalar ->
          throw new IllegalArgumentException(
              "%s: \"%s\" (expected: a list)".formatted(scalar.location(), scalar.text()));
    };
  }

  /** Of an event's list one item is enough. */
  private boolean anyOf(List<TreeNode> values, TreeNode found) {
    if (found instanceof Sequence list) {
      return list.items().stream().anyMatch(item -> anyOf(values, item));
    }
    return found instanceof Scalar scalar
        && values.stream().anyMatch(value -> allows(value, scalar.text()));
  }

  private boolean allows(TreeNode value, String text) {
    return value instanceof Mapping mapping
        ? Nodes.items(mapping, "anything-but").stream().noneMatch(but -> plain(but).equals(text))
        : plain(value).equals(text);
  }

  private String plain(TreeNode value) {
    if (value instanceof Scalar scalar) {
      return scalar.tag() == null ? scalar.text() : resolved.apply(Nodes.text(scalar));
    }
    throw new IllegalArgumentException(
        "%s: %s (expected: a plain value)".formatted(value.location(), Nodes.text(value)));
  }
}
