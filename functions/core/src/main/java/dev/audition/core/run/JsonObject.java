package dev.audition.core.run;

import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds an object of ours; what has its first value is left out, to keep stored runs small. */
final class JsonObject {
  private final MappingBuilder builder = Tree.mapping();

  /** Put a value by its text; null and empty text are left out. */
  JsonObject put(String key, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      builder.putText(key, value.toString());
    }
    return this;
  }

  /** Put a number; null is left out. */
  JsonObject number(String key, @Nullable Integer value) {
    if (value != null) {
      builder.putNumber(key, value);
    }
    return this;
  }

  JsonObject number(String key, long value) {
    builder.putNumber(key, value);
    return this;
  }

  /** Put a truth value; false is left out. */
  JsonObject flag(String key, boolean value) {
    if (value) {
      builder.putBool(key, true);
    }
    return this;
  }

  /** Put a list; an empty one is left out. */
  JsonObject list(String key, List<? extends TreeNode> values) {
    if (!values.isEmpty()) {
      builder.putList(key, values);
    }
    return this;
  }

  /** Put texts; an empty list is left out. */
  JsonObject texts(String key, List<String> values) {
    return list(key, values.stream().map(Tree::text).toList());
  }

  JsonObject node(String key, @Nullable TreeNode value) {
    if (value != null) {
      builder.put(key, value);
    }
    return this;
  }

  Mapping build() {
    return builder.build();
  }
}
