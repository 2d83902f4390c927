package dev.audition.core.compose;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges a later document over an earlier one, or an extending service over its base, by the rules
 * of {@link ServiceKeys}.
 *
 * <p>{@code !reset} removes what came before, {@code !override} replaces it as a whole. Source of
 * the rules: the compose specification, "Merge" and "Extend".
 */
final class TreeMerge {
  private static final String RESET = "!reset";
  private static final String OVERRIDE = "!override";

  /** Rules below the keys of a service, where they differ from DEEP. */
  private static final Map<String, MergeRule> NESTED =
      Map.of(
          "build.args", MergeRule.KEYED,
          "build.labels", MergeRule.KEYED,
          "build.additional_contexts", MergeRule.KEYED,
          "build.extra_hosts", MergeRule.KEYED,
          "deploy.labels", MergeRule.KEYED,
          "healthcheck.test", MergeRule.REPLACE,
          "networks.aliases", MergeRule.UNIQUE);

  private TreeMerge() {}

  /** Merge two documents. */
  static Mapping documents(Mapping base, Mapping over) {
    return mappings(base, over, (key, first, second) -> section(key, first, second));
  }

  private static TreeNode section(String key, TreeNode base, TreeNode over) {
    if (!(base instanceof Mapping first) || !(over instanceof Mapping second)) {
      return isNull(over) ? base : over;
    }
    return switch (key) {
      case "services" ->
          mappings(
              first,
              second,
              (_, one, two) ->
                  one instanceof Mapping service && two instanceof Mapping changes
                      ? service(service, changes)
                      : isNull(two) ? one : two);
      case "volumes", "networks", "secrets", "configs", "models" ->
          merge(MergeRule.DEEP, key, first, second);
      default -> over;
    };
  }

  /** Merge two services. */
  static Mapping service(Mapping base, Mapping over) {
    return mappings(
        base,
        over,
        (key, first, second) -> {
          ServiceKeyRow row = ServiceKeys.find(key);
          return merge(row == null ? MergeRule.REPLACE : row.merge(), key, first, second);
        });
  }

  private static TreeNode merge(MergeRule rule, String path, TreeNode base, TreeNode over) {
    return switch (rule) {
      case REPLACE -> over;
      case DEEP -> deep(path, base, over);
      case KEYED -> isNull(over) ? base : deep(path, keyed(path, base), keyed(path, over));
      case NAMES -> isNull(over) ? base : deep(path, named(base), named(over));
      case BUILD -> isNull(over) ? base : deep(path, build(base), build(over));
      case UNIQUE -> isNull(over) ? base : lists(base, over, TreeMerge::text);
      case BY_TARGET -> isNull(over) ? base : lists(base, over, TreeMerge::target);
      case PORTS -> isNull(over) ? base : lists(base, over, PortSyntax::identity);
    };
  }

  private static TreeNode deep(String path, TreeNode base, TreeNode over) {
    if (base instanceof Mapping first && over instanceof Mapping second) {
      return mappings(
          first,
          second,
          (key, one, two) ->
              merge(
                  NESTED.getOrDefault(rulePath(path, key), MergeRule.DEEP),
                  rulePath(path, key),
                  one,
                  two));
    }
    if (base instanceof Sequence first && over instanceof Sequence second) {
      List<TreeNode> items = new ArrayList<>(first.items());
      items.addAll(second.items());
      return new Sequence(items, null, second.location());
    }
    return isNull(over) && !(base instanceof Scalar) ? base : over;
  }

  /** The names of networks do not count in the path. */
  private static String rulePath(String path, String key) {
    return path.equals("networks") && !key.equals("aliases") ? path : path + "." + key;
  }

  /** Merges two values of one key. */
  private interface ValueMerge {
    TreeNode apply(String key, TreeNode base, TreeNode over);
  }

  private static Mapping mappings(Mapping base, Mapping over, ValueMerge values) {
    SequencedMap<String, Entry> merged = new LinkedHashMap<>();
    base.entries().forEach(entry -> merged.put(entry.key(), entry));
    for (Entry entry : over.entries()) {
      Entry earlier = merged.get(entry.key());
      if (RESET.equals(entry.value().tag())) {
        merged.remove(entry.key());
      } else if (earlier == null || OVERRIDE.equals(entry.value().tag())) {
        merged.put(entry.key(), entry);
      } else {
        merged.put(
            entry.key(),
            new Entry(
                entry.key(),
                entry.keyLocation(),
                values.apply(entry.key(), earlier.value(), entry.value())));
      }
    }
    return new Mapping(List.copyOf(merged.values()), null, over.location());
  }

  /** Merge lists; an item that is the same as an earlier one takes its place. */
  private static TreeNode lists(TreeNode base, TreeNode over, Function<TreeNode, String> identity) {
    SequencedMap<String, TreeNode> items = new LinkedHashMap<>();
    for (TreeNode node : List.of(base, over)) {
      switch (node) {
        case Sequence sequence ->
            sequence.items().forEach(item -> items.put(identity.apply(item), item));
        case Scalar scalar when scalar.isNull() -> {}
        case Scalar scalar -> items.put(identity.apply(scalar), scalar);
        case Mapping mapping -> {
          return over;
        }
      }
    }
    return new Sequence(List.copyOf(items.values()), null, over.location());
  }

  private static String text(TreeNode node) {
    return switch (node) {
      case Scalar scalar -> scalar.text();
      case Mapping mapping ->
          mapping.find("path").orElse(null) instanceof Scalar path
              ? path.text()
              : mapping.location().toString();
      case Sequence sequence -> sequence.location().toString();
    };
  }

  private static String target(TreeNode node) {
    return switch (node) {
      case Scalar scalar -> {
        String[] parts = scalar.text().split(":", -1);
        yield parts[parts.length == 1 ? 0 : 1];
      }
      case Mapping mapping ->
          mapping.find("target").or(() -> mapping.find("source")).orElse(null)
                  instanceof Scalar target
              ? target.text()
              : mapping.location().toString();
      case Sequence sequence -> sequence.location().toString();
    };
  }

  private static TreeNode keyed(String path, TreeNode node) {
    if (!(node instanceof Sequence sequence)) {
      return node;
    }
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    for (TreeNode item : sequence.items()) {
      if (!(item instanceof Scalar scalar)) {
        return node;
      }
      String text = scalar.text();
      int separator = text.indexOf('=');
      if (separator < 0 && path.endsWith("extra_hosts")) {
        separator = text.indexOf(':');
      }
      String key = separator < 0 ? text : text.substring(0, separator);
      Scalar value =
          new Scalar(
              separator < 0 ? "" : text.substring(separator + 1),
              separator < 0,
              null,
              scalar.location());
      entries.put(key, new Entry(key, scalar.location(), value));
    }
    return new Mapping(List.copyOf(entries.values()), sequence.tag(), sequence.location());
  }

  private static TreeNode named(TreeNode node) {
    if (!(node instanceof Sequence sequence)) {
      return node;
    }
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    for (TreeNode item : sequence.items()) {
      if (!(item instanceof Scalar scalar)) {
        return node;
      }
      entries.put(
          scalar.text(),
          new Entry(
              scalar.text(), scalar.location(), new Scalar("", true, null, scalar.location())));
    }
    return new Mapping(List.copyOf(entries.values()), sequence.tag(), sequence.location());
  }

  private static TreeNode build(TreeNode node) {
    return node instanceof Scalar scalar && !scalar.isNull()
        ? new Mapping(
            List.of(new Entry("context", scalar.location(), scalar)), null, scalar.location())
        : node;
  }

  private static boolean isNull(TreeNode node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }

  /** Return a node without what {@code !reset} takes away; null if that is all of it. */
  static @Nullable TreeNode cleaned(TreeNode node) {
    if (RESET.equals(node.tag())) {
      return null;
    }
    return switch (node) {
      case Scalar scalar -> scalar;
      case Sequence sequence -> {
        List<TreeNode> items = new ArrayList<>();
        for (TreeNode item : sequence.items()) {
          TreeNode cleaned = cleaned(item);
          if (cleaned != null) {
            items.add(cleaned);
          }
        }
        yield new Sequence(items, null, sequence.location());
      }
      case Mapping mapping -> {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
          TreeNode cleaned = cleaned(entry.value());
          if (cleaned != null) {
            entries.add(new Entry(entry.key(), entry.keyLocation(), cleaned));
          }
        }
        yield new Mapping(entries, null, mapping.location());
      }
    };
  }
}
