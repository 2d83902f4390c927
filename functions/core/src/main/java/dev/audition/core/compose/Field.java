package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node of a compose document under its path, read as what its key wants.
 *
 * <p>Every method that reads returns null, or leaves the item out, after it refused the node.
 *
 * @param key the last part of the path
 * @param keyLocation where the key stands that the node is the value of
 */
record Field(
    String path, String key, SourceLocation keyLocation, TreeNode node, Diagnostics diagnostics) {

  /** Return the place to blame. */
  SourceLocation location() {
    return node.location();
  }

  /** Return whether the node is YAML's null. */
  boolean isNull() {
    return node instanceof Scalar scalar && scalar.isNull();
  }

  /** Return whether nothing is said: null, empty text, an empty list or mapping. */
  boolean isEmpty() {
    return switch (node) {
      case Scalar scalar -> scalar.isNull() || scalar.text().isEmpty();
      case Sequence sequence -> sequence.items().isEmpty();
      case Mapping mapping -> mapping.entries().isEmpty();
    };
  }

  boolean isMapping() {
    return node instanceof Mapping;
  }

  boolean isSequence() {
    return node instanceof Sequence;
  }

  /** Find a key's field. */
  @Nullable Field find(String key) {
    if (node instanceof Mapping mapping) {
      Entry entry = mapping.entry(key).orElse(null);
      return entry == null ? null : child(entry);
    }
    return null;
  }

  /** Return the keys of a mapping. */
  List<String> keys() {
    return node instanceof Mapping mapping ? mapping.keys() : List.of();
  }

  /** Return a field per entry; a node that is no mapping is refused and has none. */
  List<Field> entries(String expected) {
    if (node instanceof Mapping mapping) {
      return mapping.entries().stream().map(this::child).toList();
    }
    if (!isNull()) {
      wrongType(expected);
    }
    return List.of();
  }

  /** Return a field per item; a node that is no list is refused and has none. */
  List<Field> items(String expected) {
    if (node instanceof Sequence sequence) {
      List<Field> items = new ArrayList<>();
      for (TreeNode item : sequence.items()) {
        items.add(
            new Field(path + "[" + items.size() + "]", key, item.location(), item, diagnostics));
      }
      return items;
    }
    if (!isNull()) {
      wrongType(expected);
    }
    return List.of();
  }

  /** Return a field per item of a list; a single text counts as a list of one. */
  List<Field> itemsOrOne(String expected) {
    return node instanceof Scalar && !isNull() ? List.of(this) : items(expected);
  }

  private Field child(Entry entry) {
    return new Field(
        path.isEmpty() ? entry.key() : path + "." + entry.key(),
        entry.key(),
        entry.keyLocation(),
        entry.value(),
        diagnostics);
  }

  /** Read text; numbers and booleans count as the text they are written as. */
  @Nullable String text() {
    return text("text");
  }

  /** Read text. */
  @Nullable String text(String expected) {
    if (node instanceof Scalar scalar && !scalar.isNull()) {
      return scalar.text();
    }
    wrongType(expected);
    return null;
  }

  /** Read text; a number or boolean without quotes counts as the text that its value is. */
  @Nullable String printed(String expected) {
    String text = text(expected);
    if (text == null || !(node instanceof Scalar scalar)) {
      return null;
    }
    String printed = PlainValue.of(scalar);
    if (!printed.equals(text)) {
      diagnostics.note(
          Category.EMULATED,
          location(),
          path,
          "%s without quotes is a number or boolean, and its text is %s".formatted(text, printed),
          "Put quotes around it to keep it as written.");
    }
    return printed;
  }

  /** Read a list of texts. */
  List<String> texts() {
    return texts(items("a list"));
  }

  /** Read a list of texts, or one text. */
  List<String> textsOrOne() {
    return texts(itemsOrOne("text or a list of texts"));
  }

  private static List<String> texts(List<Field> items) {
    List<String> texts = new ArrayList<>();
    for (Field item : items) {
      String text = item.text();
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Read a boolean, also in the words of YAML 1.1. */
  @Nullable Boolean bool() {
    String text = text("true or false");
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "y" -> true;
      case "false", "no", "off", "n" -> false;
      default -> {
        wrongType("true or false");
        yield null;
      }
    };
  }

  /** Read a whole number. */
  @Nullable Long integer() {
    String text = text("a whole number");
    if (text == null) {
      return null;
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException _) {
      wrongType("a whole number");
      return null;
    }
  }

  /** Read a number. */
  @Nullable Double decimal() {
    String text = text("a number");
    Double value = text == null ? null : Quantities.decimal(text);
    if (text != null && value == null) {
      wrongType("a number");
    }
    return value;
  }

  /** Read a number of bytes, with or without a unit. */
  @Nullable Long bytes() {
    String expected = "bytes, such as 64m or 1.5gb";
    String text = text(expected);
    Long value = text == null ? null : Quantities.bytes(text);
    if (text != null && value == null) {
      wrongType(expected);
    }
    return value;
  }

  /** Read a duration. */
  @Nullable Duration duration() {
    String expected = "a duration, such as 1m30s";
    String text = text(expected);
    Duration value = text == null ? null : Quantities.duration(text);
    if (text != null && value == null) {
      wrongType(expected);
    }
    return value;
  }

  /**
   * Read names and values, from a mapping or from a list of {@code NAME=value}.
   *
   * @return a field per name; its node is null for a name without a value
   */
  SequencedMap<String, Field> keyed() {
    SequencedMap<String, Field> fields = new LinkedHashMap<>();
    if (isSequence()) {
      for (Field item : items("")) {
        String text = item.text("NAME=VALUE");
        if (text != null) {
          int equals = text.indexOf('=');
          String name = equals < 0 ? text : text.substring(0, equals);
          TreeNode value =
              new Scalar(
                  equals < 0 ? "" : text.substring(equals + 1), equals < 0, null, item.location());
          fields.put(name, new Field(item.path, name, item.keyLocation, value, diagnostics));
        }
      }
    } else {
      for (Field entry : entries("a mapping of names to values, or a list of NAME=VALUE")) {
        fields.put(entry.key(), entry);
      }
    }
    return fields;
  }

  /** Return a field with nothing in it, for a list's item that is a name only. */
  Field named() {
    return new Field(path, key, location(), new Scalar("", true, null, location()), diagnostics);
  }

  /** Refuse keys that are not among those known; keys with {@code x-} are anybody's. */
  void onlyKeys(String what, Set<String> known) {
    if (!(node instanceof Mapping mapping)) {
      return;
    }
    for (Entry entry : mapping.entries()) {
      if (!known.contains(entry.key()) && !entry.key().startsWith("x-")) {
        child(entry).unknownKey(what, known);
      }
    }
  }

  /** Refuse this field's key. */
  void unknownKey(String what, Set<String> known) {
    diagnostics.refuse(
        Category.INVALID,
        keyLocation,
        path,
        "the compose specification knows no %s \"%s\"".formatted(what, key),
        Nearest.remedy(key, known));
  }

  /** Refuse the node for its type. */
  void wrongType(String expected) {
    invalid(
        "%s is not what the compose specification has here (expected: %s)"
            .formatted(node.kind(), expected),
        "");
  }

  /** Refuse the node as against the specification. */
  void invalid(String message, String remedy) {
    refuse(Category.INVALID, message, remedy);
  }

  /** Refuse the key as against a rule of ours. */
  void invalidKey(String message, String remedy) {
    refuseKey(Category.INVALID, message, remedy);
  }

  /** Refuse the key rather than what stands behind it. */
  void refuseKey(Category category, String message, String remedy) {
    diagnostics.refuse(category, keyLocation, path, message, remedy);
  }

  /** Return this field with its diagnostics going elsewhere. */
  Field reportingTo(Diagnostics other) {
    return new Field(path, key, keyLocation, node, other);
  }

  /** Refuse the node. */
  void refuse(Category category, String message, String remedy) {
    diagnostics.refuse(category, location(), path, message, remedy);
  }

  /** Warn of something at the node. */
  void warn(Category category, String message, String remedy) {
    diagnostics.warn(category, location(), path, message, remedy);
  }

  /** Note that a part of what was asked for is left out and does no harm. */
  void note(String message, String remedy) {
    diagnostics.note(Category.NO_EFFECT, keyLocation, path, message, remedy);
  }

  /** Warn that the node has no effect. */
  void noEffect(String message, String remedy) {
    diagnostics.warn(Category.NO_EFFECT, keyLocation, path, message, remedy);
  }
}
