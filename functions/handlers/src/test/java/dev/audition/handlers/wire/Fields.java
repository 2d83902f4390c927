package dev.audition.handlers.wire;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads an object's fields leniently: what is absent or of another kind is empty. */
public record Fields(Mapping object) {
  /** No fields. */
  static final Fields NONE = new Fields(Tree.mapping().build());

  /** Read a document that is an object. */
  public static Fields parse(String json) {
    TreeNode node = JsonReader.read(json, "json");
    if (node instanceof Mapping mapping) {
      return new Fields(mapping);
    }
    throw new IllegalArgumentException("document: %s (expected: an object)".formatted(node.kind()));
  }

  /** Return whether there is a field that is not null. */
  public boolean has(String field) {
    return object.find(field).filter(node -> !node.isNull()).isPresent();
  }

  /** Return a text, or a number as text. */
  public String text(String field) {
    return object
        .find(field)
        .filter(node -> !node.isNull())
        .map(node -> node instanceof Scalar scalar ? scalar.text() : "")
        .orElse("");
  }

  /** Return whether a field is true. */
  public boolean isTrue(String field) {
    return text(field).equals("true");
  }

  /** Return a whole number. */
  public int number(String field, int otherwise) {
    String text = text(field);
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  /** Find an object. */
  public Optional<Fields> find(String field) {
    return object
        .find(field)
        .flatMap(
            node ->
                node instanceof Mapping mapping
                    ? Optional.of(new Fields(mapping))
                    : Optional.empty());
  }

  /** Return an object; one without fields if there is none. */
  public Fields object(String field) {
    return find(field).orElse(NONE);
  }

  /** Return the objects of a list. */
  public List<Fields> list(String field) {
    return items(field).stream()
        .filter(Mapping.class::isInstance)
        .map(item -> new Fields((Mapping) item))
        .toList();
  }

  /** Return the texts of a list. */
  public List<String> texts(String field) {
    return items(field).stream()
        .filter(Scalar.class::isInstance)
        .map(item -> ((Scalar) item).text())
        .toList();
  }

  /** Return an object of texts. */
  public SequencedMap<String, String> map(String field) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    Fields inner = object(field);
    inner.object().keys().forEach(key -> map.put(key, inner.text(key)));
    return map;
  }

  /** Return a list of objects with a key and a value each. */
  public SequencedMap<String, String> pairs(String field, String key) {
    SequencedMap<String, String> pairs = new LinkedHashMap<>();
    list(field).forEach(pair -> pairs.put(pair.text(key), pair.text("value")));
    return pairs;
  }

  private List<TreeNode> items(String field) {
    return object
        .find(field)
        .map(node -> node instanceof Sequence sequence ? sequence.items() : List.<TreeNode>of())
        .orElse(List.of());
  }

  @Override
  public String toString() {
    return JsonWriter.write(object);
  }
}
