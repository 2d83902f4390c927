package dev.audition.core.tree;

import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes trees that come from no file: documents to be written. */
public final class Tree {
  private static final SourceLocation NOWHERE = SourceLocation.of("");

  private Tree() {}

  /** Make text; it is written in quotes whatever it looks like. */
  public static Scalar text(String text) {
    return new Scalar(text, false, null, NOWHERE);
  }

  /** Make a whole number. */
  public static Scalar number(long number) {
    return new Scalar(Long.toString(number), true, null, NOWHERE);
  }

  /**
   * Make a number, written without an exponent.
   *
   * @throws IllegalArgumentException for infinities and what is not a number
   */
  public static Scalar number(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("number: %s (expected: finite)".formatted(number));
    }
    BigDecimal exact = number == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(number);
    return new Scalar(exact.stripTrailingZeros().toPlainString(), true, null, NOWHERE);
  }

  /** Make a truth value. */
  public static Scalar bool(boolean value) {
    return new Scalar(Boolean.toString(value), true, null, NOWHERE);
  }

  /** Make null. */
  public static Scalar nothing() {
    return new Scalar("null", true, null, NOWHERE);
  }

  /** Make a list. */
  public static Sequence list(List<? extends TreeNode> items) {
    return new Sequence(List.copyOf(items), null, NOWHERE);
  }

  /** Make a list of texts. */
  public static Sequence texts(List<String> items) {
    return list(items.stream().map(Tree::text).toList());
  }

  /** Make a mapping of texts, in the map's order. */
  public static Mapping texts(Map<String, String> entries) {
    MappingBuilder builder = mapping();
    entries.forEach(builder::putText);
    return builder.build();
  }

  /** Begin a mapping. */
  public static MappingBuilder mapping() {
    return new MappingBuilder();
  }

  /** Collects the entries of a mapping; a key put again keeps its place and takes the new value. */
  public static final class MappingBuilder {
    private final Map<String, TreeNode> entries = new LinkedHashMap<>();

    private MappingBuilder() {}

    /** Put a value. */
    public MappingBuilder put(String key, TreeNode value) {
      entries.put(key, value);
      return this;
    }

    /** Put text. */
    public MappingBuilder putText(String key, String value) {
      return put(key, text(value));
    }

    /** Put text, or null where there is none. */
    public MappingBuilder putTextOrNull(String key, @Nullable String value) {
      return put(key, value == null ? nothing() : text(value));
    }

    /** Put a whole number. */
    public MappingBuilder putNumber(String key, long value) {
      return put(key, number(value));
    }

    /** Put a number. */
    public MappingBuilder putNumber(String key, double value) {
      return put(key, number(value));
    }

    /** Put a truth value. */
    public MappingBuilder putBool(String key, boolean value) {
      return put(key, bool(value));
    }

    /** Put a list of texts. */
    public MappingBuilder putTexts(String key, List<String> values) {
      return put(key, texts(values));
    }

    /** Put a list. */
    public MappingBuilder putList(String key, List<? extends TreeNode> values) {
      return put(key, list(values));
    }

    /** Return the mapping as it stands. */
    public Mapping build() {
      return new Mapping(
          entries.entrySet().stream()
              .map(entry -> new Entry(entry.getKey(), NOWHERE, entry.getValue()))
              .toList(),
          null,
          NOWHERE);
    }
  }
}
