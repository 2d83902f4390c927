package dev.audition.aws.registry;

import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.List;

/** Looks into documents of which nothing is certain. */
final class Documents {
  private static final Mapping NOTHING = Tree.mapping().build();

  private Documents() {}

  static TreeNode child(TreeNode node, String field) {
    return node instanceof Mapping mapping ? mapping.find(field).orElse(NOTHING) : NOTHING;
  }

  static String text(TreeNode node, String field) {
    return child(node, field) instanceof Scalar scalar && !scalar.isNull() ? scalar.text() : "";
  }

  static long number(TreeNode node, String field) {
    String text = text(node, field);
    return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  static List<TreeNode> items(TreeNode node, String field) {
    return child(node, field) instanceof Sequence sequence ? sequence.items() : List.of();
  }

  static List<String> texts(TreeNode node, String field) {
    return items(node, field).stream()
        .filter(Scalar.class::isInstance)
        .map(item -> ((Scalar) item).text())
        .toList();
  }

  static List<String> keys(TreeNode node, String field) {
    return child(node, field) instanceof Mapping mapping ? mapping.keys() : List.of();
  }
}
