package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A node below {@code hooks}, read as what its key wants.
 *
 * @param key as written
 * @param keyLocation where the key stands
 * @param texts puts values in the place of variables
 */
record HookNode(
    TreeNode node,
    String path,
    String key,
    SourceLocation keyLocation,
    Reading reading,
    Texts texts) {
  /** Puts values in the place of the variables of a text. */
  @FunctionalInterface
  interface Texts {
    String text(String text, SourceLocation location, String path);
  }

  /** Return a node per entry, keys as written. */
  List<HookNode> entries() {
    return node instanceof Mapping mapping
        ? mapping.entries().stream().map(this::child).toList()
        : List.of();
  }

  private HookNode child(Entry entry) {
    return new HookNode(
        entry.value(), path + "." + entry.key(), entry.key(), entry.keyLocation(), reading, texts);
  }

  /** Find what a key holds. */
  Optional<HookNode> find(String key) {
    return node instanceof Mapping mapping
        ? mapping.entry(key).filter(entry -> !entry.value().isNull()).map(this::child)
        : Optional.empty();
  }

  /** Return a node per item; anything but a list is refused. */
  List<HookNode> items(String expected) {
    if (!(node instanceof Sequence sequence)) {
      refuse(expected);
      return List.of();
    }
    List<HookNode> items = new ArrayList<>();
    for (TreeNode item : sequence.items()) {
      String at = "%s[%d]".formatted(path, items.size());
      items.add(new HookNode(item, at, key, item.location(), reading, texts));
    }
    return items;
  }

  boolean isMapping() {
    return node instanceof Mapping;
  }

  boolean isText() {
    return node instanceof Scalar && !node.isNull();
  }

  /** Return the text with its variables put in; anything but text is refused. */
  Optional<String> text(String expected) {
    if (!isText()) {
      refuse(expected);
      return Optional.empty();
    }
    return Optional.of(texts.text(written(), node.location(), path));
  }

  /** Return the text as written; empty if it is none. */
  String written() {
    return node instanceof Scalar scalar && !scalar.isNull() ? scalar.text() : "";
  }

  /** Refuse keys that are not known. */
  void onlyKeys(Collection<String> known) {
    for (HookNode entry : entries()) {
      if (!known.contains(entry.key())) {
        entry.refuseKey(known);
      }
    }
  }

  /** Refuse the key. */
  void refuseKey(Collection<String> known) {
    reading.invalid(
        keyLocation,
        path,
        "is no key here (expected: %s)".formatted(String.join(", ", known)),
        Near.names(key, known));
  }

  /** Refuse what stands here. */
  void refuse(String expected) {
    reading.invalid(
        node.location(), path, "is %s (expected: %s)".formatted(node.kind(), expected), "");
  }

  void warn(Category category, String message, String remedy) {
    reading.diagnostics().warn(category, node.location(), path, message, remedy);
  }

  Reading.Place place() {
    return new Reading.Place(keyLocation, path);
  }
}
