package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.hook.Annotation;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code metadata} and {@code annotations} of a hook. */
final class AnnotationsReader {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]+");
  private static final int LONGEST_VALUE = 500;
  private static final String ITEMS = "a list of NAME: VALUE";
  private static final String VALUE = "text, a number or true or false";
  private static final String IMAGE = "image";
  private static final String BUILD = "build";

  /** Takes what was read. */
  @FunctionalInterface
  interface Sink {
    void take(Annotation annotation, boolean removed, HookNode node);
  }

  private final Reading reading;
  private final Sink sink;

  AnnotationsReader(Reading reading, Sink sink) {
    this.reading = reading;
    this.sink = sink;
  }

  /** Read {@code metadata: {set: [{IMAGE: [...]}]}}. */
  void metadata(HookNode metadata) {
    if (!metadata.isMapping()) {
      metadata.refuse("a mapping with set");
      return;
    }
    metadata.onlyKeys(List.of("set"));
    metadata
        .find("set")
        .ifPresent(
            set -> {
              for (HookNode item : set.items("a list of IMAGE: [NAME: VALUE, ...]")) {
                if (!item.isMapping()) {
                  item.refuse("a mapping of one image to its values");
                }
                item.entries().forEach(this::image);
              }
            });
  }

  private void image(HookNode entry) {
    String image = entry.texts().text(entry.key(), entry.keyLocation(), entry.path());
    entry.items(ITEMS).forEach(item -> value(IMAGE, image, item));
  }

  /** Read {@code annotations: {set: [...], unset: [...]}}. */
  void annotations(HookNode annotations) {
    if (!annotations.isMapping()) {
      annotations.refuse("a mapping with set or unset");
      return;
    }
    annotations.onlyKeys(List.of("set", "unset"));
    annotations
        .find("set")
        .ifPresent(
            set ->
                set.items("a list of annotations")
                    .forEach(
                        item ->
                            entity(
                                item,
                                List.of("entity_type", "entity_id", "annotations", "display"),
                                false)));
    annotations
        .find("unset")
        .ifPresent(
            unset ->
                unset
                    .items("a list of annotations")
                    .forEach(
                        item ->
                            entity(
                                item, List.of("entity_type", "entity_id", "annotations"), true)));
  }

  private void entity(HookNode item, List<String> keys, boolean removed) {
    if (!item.isMapping()) {
      item.refuse("a mapping of " + String.join(", ", keys));
      return;
    }
    item.onlyKeys(keys);
    String type = item.find("entity_type").flatMap(n -> n.text("text")).orElse(BUILD);
    String id = item.find("entity_id").flatMap(n -> n.text("text")).orElse("");
    Optional<HookNode> annotations = item.find("annotations");
    if (annotations.isEmpty()) {
      item.refuse("annotations: a list");
      return;
    }
    for (HookNode annotation : annotations.get().items(ITEMS)) {
      if (removed) {
        annotation
            .text("the name of an annotation")
            .ifPresent(key -> remove(type, id, key, annotation));
      } else {
        value(type, id, annotation);
      }
    }
  }

  private void remove(String type, String id, String key, HookNode node) {
    if (fits(key, node)) {
      sink.take(new Annotation(type, id, key, ""), true, node);
    }
  }

  /** A name alone has no value. */
  private void value(String type, String id, HookNode item) {
    if (item.isText()) {
      item.text("").filter(key -> fits(key, item)).ifPresent(key -> take(type, id, key, "", item));
      return;
    }
    if (!item.isMapping()) {
      item.refuse("a name, or NAME: VALUE");
      return;
    }
    for (HookNode entry : item.entries()) {
      if (!fits(entry.key(), entry)) {
        continue;
      }
      if (entry.find("evaluate").isPresent()) {
        reading.notYet("an annotation with evaluate", entry.place());
      } else if (entry.node() instanceof Scalar) {
        entry.text(VALUE).ifPresent(text -> take(type, id, entry.key(), text, entry));
      } else {
        entry.refuse(VALUE + ", or a mapping with evaluate");
      }
    }
  }

  private boolean fits(String key, HookNode node) {
    if (KEY.matcher(key).matches()) {
      return true;
    }
    reading.invalid(
        node.keyLocation(),
        node.path(),
        "\"%s\" is no name of an annotation (expected: letters, digits and _)".formatted(key),
        "");
    return false;
  }

  private void take(String type, String id, String key, String value, HookNode node) {
    if (value.length() > LONGEST_VALUE) {
      reading
          .diagnostics()
          .refuse(
              Category.SIZE,
              node.node().location(),
              node.path(),
              "is longer than %d characters, and is kept with every run".formatted(LONGEST_VALUE),
              "Put it into a file of the workspace.");
      return;
    }
    if (value.startsWith("file:")) {
      node.warn(
          Category.EMULATED, "the file is not read, and the text is kept as it is written", "");
    }
    sink.take(new Annotation(type, id, key, value), false, node);
  }
}
