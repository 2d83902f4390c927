package dev.audition.core.task;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.List;
import java.util.Optional;

/** Reads an object's fields leniently: what is absent or of another kind is empty or -1. */
record JsonFields(Mapping object) {
  List<String> names() {
    return object.keys();
  }

  boolean has(String field) {
    return object.find(field).isPresent();
  }

  boolean isText(String field) {
    return object.find(field).filter(node -> node instanceof Scalar s && !s.plain()).isPresent();
  }

  String text(String field) {
    return object.find(field).map(node -> node instanceof Scalar s ? s.text() : "").orElse("");
  }

  boolean isTrue(String field) {
    return text(field).equals("true");
  }

  long number(String field) {
    String text = text(field);
    return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  Optional<JsonFields> object(String field) {
    return object
        .find(field)
        .flatMap(
            node ->
                node instanceof Mapping mapping
                    ? Optional.of(new JsonFields(mapping))
                    : Optional.empty());
  }

  List<JsonFields> list(String field) {
    return items(field).stream()
        .filter(Mapping.class::isInstance)
        .map(item -> new JsonFields((Mapping) item))
        .toList();
  }

  List<String> texts(String field) {
    return items(field).stream()
        .filter(Scalar.class::isInstance)
        .map(item -> ((Scalar) item).text())
        .toList();
  }

  private List<TreeNode> items(String field) {
    return object
        .find(field)
        .map(node -> node instanceof Sequence sequence ? sequence.items() : List.<TreeNode>of())
        .orElse(List.of());
  }
}
