package dev.audition.handlers.template;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks documents, and writes their nodes as one line, intrinsic functions included. */
final class Nodes {
  private Nodes() {}

  /** Find what stands below a node. */
  static Optional<TreeNode> find(TreeNode node, String... keys) {
    Optional<TreeNode> found = Optional.of(node);
    for (String key : keys) {
      found = found.flatMap(at -> at instanceof Mapping mapping ? mapping.find(key) : none());
    }
    return found;
  }

  /** Return what stands below a node and must be there. */
  static TreeNode get(TreeNode node, String... keys) {
    return find(node, keys)
        .orElseThrow(
            () ->
                new AssertionError("%s: no %s".formatted(node.location(), String.join(".", keys))));
  }

  /** Return the number below a node. */
  static int number(TreeNode node, String... keys) {
    return Integer.parseInt(text(get(node, keys)));
  }

  /** Return the mapping below a node; an empty one where there is nothing. */
  static Mapping mapping(TreeNode node, String... keys) {
    return find(node, keys)
        .map(Mapping.class::cast)
        .orElseGet(() -> new Mapping(List.of(), null, node.location()));
  }

  /** Return the items of a list; a single node is a list of one, nothing an empty one. */
  static List<TreeNode> items(TreeNode node, String... keys) {
    return find(node, keys)
        .map(
            found ->
                found instanceof Sequence list && list.tag() == null
                    ? list.items()
                    : List.of(found))
        .orElse(List.of());
  }

  /** Return the items of a list as text. */
  static List<String> texts(TreeNode node, String... keys) {
    return items(node, keys).stream().map(Nodes::text).toList();
  }

  /** Write a node: {@code !GetAtt Table.Arn}, {@code {a: [b, c]}}. */
  static String text(TreeNode node) {
    String tag = node.tag() == null ? "" : node.tag() + " ";
    return tag
        + switch (node) {
          case Scalar scalar -> scalar.text();
          case Sequence list ->
              list.items().stream().map(Nodes::text).collect(Collectors.joining(", ", "[", "]"));
          case Mapping mapping ->
              mapping.entries().stream()
                  .map(entry -> entry.key() + ": " + text(entry.value()))
                  .collect(Collectors.joining(", ", "{", "}"));
        };
  }

  private static Optional<TreeNode> none() {
    return Optional.empty();
  }
}
