package dev.audition.core.run;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of ours. What is missing has its first value: an older release did not know it.
 * What is there and is not what we write is a fault.
 */
record JsonFields(Mapping object) {
  static JsonFields of(TreeNode node) {
    return switch (node) {
      case Mapping mapping -> new JsonFields(mapping);
      case Sequence _, Scalar _ -> throw unexpected(node, "an object");
    };
  }

  private static IllegalArgumentException unexpected(TreeNode node, String expected) {
    return new IllegalArgumentException(
        "%s: %s (expected: %s)".formatted(node.location(), node.kind(), expected));
  }

  @Nullable String textOrNull(String key) {
    return switch (object.find(key).orElse(null)) {
      case null -> null;
      case Scalar scalar -> scalar.isNull() ? null : scalar.text();
      case Mapping mapping -> throw unexpected(mapping, "text");
      case Sequence sequence -> throw unexpected(sequence, "text");
    };
  }

  String text(String key) {
    String text = textOrNull(key);
    return text == null ? "" : text;
  }

  <T> @Nullable T orNull(String key, Function<String, T> reader) {
    String text = textOrNull(key);
    return text == null ? null : reader.apply(text);
  }

  <T> T or(String key, Function<String, T> reader, T absent) {
    T value = orNull(key, reader);
    return value == null ? absent : value;
  }

  <T> T required(String key, Function<String, T> reader) {
    T value = orNull(key, reader);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: no %s (expected: a value)".formatted(object.location(), key));
    }
    return value;
  }

  int number(String key) {
    return or(key, Integer::valueOf, 0);
  }

  boolean flag(String key) {
    return or(key, Boolean::valueOf, false);
  }

  @Nullable Instant instantOrNull(String key) {
    return orNull(key, Instant::parse);
  }

  @Nullable Duration durationOrNull(String key) {
    return orNull(key, Duration::parse);
  }

  Optional<JsonFields> object(String key) {
    return object
        .find(key)
        .filter(node -> !(node instanceof Scalar scalar && scalar.isNull()))
        .map(JsonFields::of);
  }

  <T> List<T> list(String key, Function<JsonFields, T> reader) {
    return items(key).stream().map(JsonFields::of).map(reader).toList();
  }

  List<String> texts(String key) {
    return items(key).stream()
        .map(
            node ->
                switch (node) {
                  case Scalar scalar -> scalar.text();
                  case Mapping _, Sequence _ -> throw unexpected(node, "text");
                })
        .toList();
  }

  private List<TreeNode> items(String key) {
    return switch (object.find(key).orElse(null)) {
      case null -> List.of();
      case Sequence sequence -> sequence.items();
      case Mapping mapping -> throw unexpected(mapping, "a list");
      case Scalar scalar -> throw unexpected(scalar, "a list");
    };
  }
}
