package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step as written, before anything of it but its type is interpreted.
 *
 * @param location where the name stands
 * @param type {@code freestyle} where none is written; the version of a built-in type is cut off
 * @param body the step's keys, {@code arguments} merged over them, today's spellings
 * @param parent the parallel step it is a child of; null at the top
 */
record StepNode(
    String name, SourceLocation location, String type, Mapping body, @Nullable String parent) {
  static final String COMPOSITION = "composition";
  static final String FREESTYLE = "freestyle";
  static final String BUILD = "build";
  static final String GIT_CLONE = "git-clone";
  static final String PARALLEL = "parallel";

  /** Return the path of a key of the step, for messages. */
  String path(String key) {
    return "steps." + name + (key.isEmpty() ? "" : "." + key);
  }

  /** Find a key that holds something. */
  Optional<Entry> entry(String key) {
    return body.entry(key).filter(entry -> !entry.value().isNull());
  }

  /** Find the value of a key that holds something. */
  Optional<TreeNode> find(String key) {
    return entry(key).map(Entry::value);
  }

  /** Return whether a key holds something. */
  boolean has(String key) {
    return entry(key).isPresent();
  }

  /** Return where a key stands; where it does not, where the name does. */
  SourceLocation locationOf(String key) {
    return body.entry(key).map(Entry::keyLocation).orElse(location);
  }

  boolean isParallel() {
    return type.equals(PARALLEL);
  }

  boolean isBuild() {
    return type.equals(BUILD);
  }
}
