package dev.audition.core.tree;

import dev.audition.core.diagnostic.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of a document, YAML or JSON, before anything of it is interpreted.
 *
 * <p>Scalars keep their raw text: {@code 22:22} stays {@code 22:22} and {@code on} stays {@code
 * on}; whoever reads a key says what it is to be. Anchors and merge keys are already resolved, keys
 * are unique within a mapping.
 */
public sealed interface TreeNode {
  /** Return the place of the node's first character. */
  SourceLocation location();

  /** Return the YAML tag the author wrote, such as {@code !reset}; null if there is none. */
  default @Nullable String tag() {
    return null;
  }

  /** Return whether this is YAML's null. */
  default boolean isNull() {
    return false;
  }

  /** Describe the kind of node for a message: {@code a mapping}, {@code a list}, ... */
  String kind();

  /**
   * Text.
   *
   * @param text the raw text as written, after unquoting and unescaping; for an empty value the
   *     empty string
   * @param plain whether it was written without quotes and not as a block scalar, so that it may
   *     mean a number, a boolean or null
   */
  record Scalar(String text, boolean plain, @Nullable String tag, SourceLocation location)
      implements TreeNode {
    /** Return whether this is YAML's null: nothing, {@code ~} or {@code null}, unquoted. */
    @Override
    public boolean isNull() {
      return plain
          && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }

    /** Return this node with other text, as interpolation makes it. */
    public Scalar withText(String other) {
      return new Scalar(other, plain, tag, location);
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "\"" + text + "\"";
    }
  }

  /** An ordered list. */
  record Sequence(List<TreeNode> items, @Nullable String tag, SourceLocation location)
      implements TreeNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * Key and value of a mapping.
   *
   * @param keyLocation where the key stands
   */
  record Entry(String key, SourceLocation keyLocation, TreeNode value) {}

  /** An ordered mapping with unique keys. */
  record Mapping(List<Entry> entries, @Nullable String tag, SourceLocation location)
      implements TreeNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** Find the entry of a key. */
    public Optional<Entry> entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    /** Find the value of a key. */
    public Optional<TreeNode> find(String key) {
      return entry(key).map(Entry::value);
    }

    /** Return the keys in their order. */
    public List<String> keys() {
      return entries.stream().map(Entry::key).toList();
    }

    /** Return this mapping with an entry replaced, or added at the end. */
    public Mapping with(Entry entry) {
      List<Entry> changed = new ArrayList<>(entries);
      for (int i = 0; i < changed.size(); i++) {
        if (changed.get(i).key().equals(entry.key())) {
          changed.set(i, entry);
          return new Mapping(changed, tag, location);
        }
      }
      changed.add(entry);
      return new Mapping(changed, tag, location);
    }

    /** Return this mapping without a key. */
    public Mapping without(String key) {
      return new Mapping(
          entries.stream().filter(entry -> !entry.key().equals(key)).toList(), tag, location);
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }
}
