package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Reads a step's lists of {@code NAME=value}. */
final class KeyValues {
  private final Reading reading;
  private final Substitution substitution;

  KeyValues(Reading reading, Substitution substitution) {
    this.reading = reading;
    this.substitution = substitution;
  }

  /**
   * Read a key; empty if it is not there or refused. An item without {@code =} takes the value of
   * the pipeline's variable of that name.
   */
  SequencedMap<String, String> read(StepNode step, String key) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    TreeNode node = step.find(key).orElse(null);
    if (node == null) {
      return values;
    }
    if (!(node instanceof Sequence sequence)) {
      reading.invalid(
          node.location(),
          step.path(key),
          "is %s (expected: a list of NAME=value)".formatted(node.kind()),
          node instanceof Mapping ? "Write \"- NAME=value\" for each." : "");
      return values;
    }
    for (int i = 0; i < sequence.items().size(); i++) {
      item(sequence.items().get(i), "%s[%d]".formatted(step.path(key), i), values);
    }
    return values;
  }

  private void item(TreeNode node, String path, SequencedMap<String, String> values) {
    if (!(node instanceof Scalar scalar) || scalar.isNull()) {
      reading.invalid(
          node.location(),
          path,
          "is %s (expected: NAME=value)".formatted(node.kind()),
          node instanceof Mapping ? "Write \"NAME=value\", with = and without a space." : "");
      return;
    }
    String text = substitution.text(scalar.text(), scalar.location(), path, Substitution.Use.TEXT);
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    if (name.isBlank()) {
      reading.invalid(
          scalar.location(), path, "\"%s\" has no name (expected: NAME=value)".formatted(text), "");
    } else if (equals >= 0) {
      values.put(name.strip(), text.substring(equals + 1));
    } else {
      substitution
          .variable(name, scalar.location())
          .ifPresentOrElse(value -> values.put(name, value), () -> withoutValue(scalar, path));
    }
  }

  private void withoutValue(Scalar scalar, String path) {
    reading
        .diagnostics()
        .warn(
            Category.MISSING_VARIABLE,
            scalar.location(),
            path,
            "\"%s\" gives no value and no variable has the name; left out".formatted(scalar.text()),
            "Write NAME=value.");
  }
}
