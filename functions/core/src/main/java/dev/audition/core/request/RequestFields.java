package dev.audition.core.request;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.Suggestions;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads an object of a request, and tells everything that is wrong with it. */
final class RequestFields {
  /** More than anybody writes by hand, and little enough to go through at once. */
  private static final int MOST_ENTRIES = 1000;

  private final Mapping object;
  private final String path;
  private final Diagnostics diagnostics;

  RequestFields(Mapping object, String path, Diagnostics diagnostics) {
    this.object = object;
    this.path = path;
    this.diagnostics = diagnostics;
  }

  /** Tell every key that is none of these. */
  void onlyKeys(List<String> known) {
    for (Entry entry : object.entries()) {
      if (!known.contains(entry.key())) {
        String near =
            Suggestions.nearest(entry.key(), known).map(" Did you mean %s?"::formatted).orElse("");
        diagnostics.refuse(
            Category.INVALID,
            entry.keyLocation(),
            path(TextRule.NAME.shown(entry.key())),
            "there is no such field",
            "Remove it." + near);
      }
    }
  }

  /** Return a text; empty if it is absent or wrong. */
  Optional<String> text(String key, TextRule rule) {
    return present(key).flatMap(node -> text(node, path(key), rule));
  }

  /** Return a text; empty text, with its absence told, if it is not there. */
  String required(String key, TextRule rule) {
    if (present(key).isEmpty()) {
      diagnostics.refuse(
          Category.INVALID,
          object.location(),
          path(key),
          "is missing (expected: %s)".formatted(rule.expected()),
          "Give it.");
    }
    return text(key, rule).orElse("");
  }

  List<String> texts(String key, TextRule rule) {
    TreeNode node = present(key).orElse(null);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Sequence sequence)) {
      wrong(node, path(key), node.kind(), "a list of texts");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (fits(sequence, path(key), sequence.items().size())) {
      for (int i = 0; i < sequence.items().size(); i++) {
        text(sequence.items().get(i), path(key) + "[" + i + "]", rule).ifPresent(texts::add);
      }
    }
    return texts;
  }

  SequencedMap<String, String> map(String key, TextRule rule) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    TreeNode node = present(key).orElse(null);
    if (node instanceof Mapping mapping) {
      if (fits(mapping, path(key), mapping.entries().size())) {
        for (Entry entry : mapping.entries()) {
          put(entry, path(key), rule, map);
        }
      }
    } else if (node != null) {
      wrong(node, path(key), "it", "an object of names and texts");
    }
    return map;
  }

  private void put(Entry entry, String in, TextRule rule, SequencedMap<String, String> map) {
    String name = entry.key();
    if (!TextRule.NAME.allows(name)) {
      wrong(entry.value(), in, TextRule.NAME.shown(name), TextRule.NAME.expected());
    } else {
      text(entry.value(), in + "." + name, rule).ifPresent(value -> map.put(name, value));
    }
  }

  boolean flag(String key) {
    TreeNode node = present(key).orElse(null);
    if (node == null) {
      return false;
    }
    if (node instanceof Scalar scalar && scalar.plain() && isFlag(scalar.text())) {
      return scalar.text().equals("true");
    }
    wrong(node, path(key), node.kind(), "true or false");
    return false;
  }

  private static boolean isFlag(String text) {
    return text.equals("true") || text.equals("false");
  }

  /** Return a whole number; empty if it is absent or wrong. */
  Optional<Integer> number(String key, int least, int most) {
    TreeNode node = present(key).orElse(null);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof Scalar scalar
        && scalar.plain()
        && scalar.text().matches("-?[0-9]{1,9}")
        && Integer.parseInt(scalar.text()) >= least
        && Integer.parseInt(scalar.text()) <= most) {
      return Optional.of(Integer.parseInt(scalar.text()));
    }
    wrong(node, path(key), node.kind(), "a whole number from %d to %d".formatted(least, most));
    return Optional.empty();
  }

  /** Return an object; empty, with its absence told, if it is not there. */
  Optional<RequestFields> object(String key) {
    TreeNode node = present(key).orElse(null);
    if (node instanceof Mapping mapping) {
      return Optional.of(new RequestFields(mapping, path(key) + ".", diagnostics));
    }
    wrong(
        node == null ? object : node,
        path(key),
        node == null ? "it is missing, which" : node.kind(),
        "an object");
    return Optional.empty();
  }

  boolean has(String key) {
    return present(key).isPresent();
  }

  private Optional<TreeNode> present(String key) {
    return object.find(key);
  }

  private Optional<String> text(TreeNode node, String at, TextRule rule) {
    if (!(node instanceof Scalar scalar) || scalar.plain()) {
      wrong(node, at, rule.secret() ? "its value" : node.kind(), "a text");
      return Optional.empty();
    }
    if (!rule.allows(scalar.text())) {
      wrong(node, at, rule.shown(scalar.text()), rule.expected());
      return Optional.empty();
    }
    return Optional.of(scalar.text());
  }

  private boolean fits(TreeNode node, String at, int entries) {
    if (entries > MOST_ENTRIES) {
      wrong(node, at, entries + " entries", "at most " + MOST_ENTRIES);
    }
    return entries <= MOST_ENTRIES;
  }

  void wrong(String key, String what, String expected) {
    wrong(object.find(key).orElse(object), path(key), what, expected);
  }

  private void wrong(TreeNode node, String at, String what, String expected) {
    diagnostics.refuse(
        Category.INVALID,
        node.location(),
        at,
        "%s is not what is taken here (expected: %s)".formatted(what, expected),
        "");
  }

  private String path(String key) {
    return path + key;
  }
}
