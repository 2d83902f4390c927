package dev.audition.core.task;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object that we wrote; what is not there has its first value, what is wrong is a fault.
 */
record StoredFields(Mapping object) {
  static StoredFields of(TreeNode node) {
    if (node instanceof Mapping mapping) {
      return new StoredFields(mapping);
    }
    throw unexpected(node, "an object");
  }

  private static IllegalArgumentException unexpected(TreeNode node, String expected) {
    return new IllegalArgumentException(
        "%s: %s (expected: %s)".formatted(node.location(), node.kind(), expected));
  }

  private static String textOf(TreeNode node) {
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    throw unexpected(node, "a text");
  }

  private Optional<TreeNode> present(String key) {
    return object.find(key).filter(node -> !node.isNull());
  }

  String text(String key) {
    return present(key).map(StoredFields::textOf).orElse("");
  }

  boolean flag(String key) {
    return text(key).equals("true");
  }

  long number(String key) {
    Long number = numberOrNull(key);
    return number == null ? 0 : number;
  }

  @Nullable Long numberOrNull(String key) {
    return present(key).map(node -> Long.valueOf(textOf(node))).orElse(null);
  }

  @Nullable Integer intOrNull(String key) {
    return present(key).map(node -> Integer.valueOf(textOf(node))).orElse(null);
  }

  List<String> texts(String key) {
    List<String> texts = textsOrNull(key);
    return texts == null ? List.of() : texts;
  }

  @Nullable List<String> textsOrNull(String key) {
    return present(key)
        .map(node -> items(node).stream().map(StoredFields::textOf).toList())
        .orElse(null);
  }

  <T> List<T> list(String key, Function<StoredFields, T> reader) {
    return present(key)
        .map(node -> items(node).stream().map(StoredFields::of).map(reader).toList())
        .orElse(List.of());
  }

  Optional<StoredFields> fields(String key) {
    return present(key).map(StoredFields::of);
  }

  SequencedMap<String, String> map(String key) {
    return map(key, StoredFields::textOf);
  }

  <T> SequencedMap<String, T> map(String key, Function<TreeNode, T> reader) {
    SequencedMap<String, T> map = new LinkedHashMap<>();
    fields(key)
        .ifPresent(
            fields ->
                fields
                    .object()
                    .entries()
                    .forEach(entry -> map.put(entry.key(), reader.apply(entry.value()))));
    return map;
  }

  private static List<TreeNode> items(TreeNode node) {
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    throw unexpected(node, "a list");
  }
}
