package dev.audition.core.tree;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Turns the graph of nodes that SnakeYAML composes into a tree.
 *
 * <p>An anchored node is built once and shared by all its aliases, so that an alias bomb costs
 * nothing here; its size and height are counted as if it were written out, and limited, so that it
 * costs nothing to those who walk the tree either.
 */
final class YamlTree {
  static final String TOO_DEEP =
      "mappings and lists stand more than %d deep in one another"
          .formatted(YamlReader.MAXIMUM_DEPTH);
  static final String TOO_MANY =
      "the document has more than %,d nodes, aliases written out"
          .formatted(YamlReader.MAXIMUM_NODES);

  private final String file;
  private final Diagnostics diagnostics;
  private final Resolver resolver = new Resolver();
  private final IdentityHashMap<Node, Built> finished = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean limitPassed;
  private boolean cyclic;

  YamlTree(String file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /**
   * A node with its size.
   *
   * @param nodes how many nodes it is, aliases written out
   * @param height 1 for a scalar
   */
  private record Built(TreeNode node, long nodes, int height) {}

  static SourceLocation location(String file, Mark mark) {
    return new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Build the tree; refusals are in the diagnostics. */
  TreeNode build(Node root) {
    return visit(root, 1).node();
  }

  private SourceLocation location(Node node) {
    return location(file, node.getStartMark());
  }

  private Built visit(Node node, int depth) {
    if (limitPassed) {
      return nothing(node);
    }
    if (open.contains(node)) {
      cyclic = true;
      diagnostics.refuse(
          Category.INVALID,
          location(node),
          "",
          "the anchor here is used inside of itself, which has no end",
          "Remove the alias inside of it.");
      return nothing(node);
    }
    Built built = finished.get(node);
    if (built == null) {
      if (depth > YamlReader.MAXIMUM_DEPTH + 1) {
        return refuseLimit(node, TOO_DEEP);
      }
      open.add(node);
      built = make(node, depth);
      open.remove(node);
      finished.put(node, built);
    }
    // A scalar may stand one deeper than the innermost list.
    return depth + built.height() - 1 > YamlReader.MAXIMUM_DEPTH + 1
        ? refuseLimit(node, TOO_DEEP)
        : built;
  }

  private Built refuseLimit(Node node, String message) {
    if (!limitPassed) {
      limitPassed = true;
      diagnostics.refuse(
          Category.SIZE, location(node), "", message, "Write less, or use fewer aliases.");
    }
    return nothing(node);
  }

  private Built nothing(Node node) {
    return new Built(new TreeNode.Scalar("", true, null, location(node)), 1, 1);
  }

  private Built make(Node node, int depth) {
    return switch (node) {
      case ScalarNode scalar -> new Built(scalar(scalar), 1, 1);
      case SequenceNode sequence -> sequence(sequence, depth);
      case MappingNode mapping -> mapping(mapping, depth);
      default -> throw new IllegalStateException("node: " + node.getNodeId());
    };
  }

  private TreeNode.Scalar scalar(ScalarNode node) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN && !markedAsText(node);
    return new TreeNode.Scalar(node.getValue(), plain, tag(node), location(node));
  }

  /** Tell whether {@code !!str} or {@code !} makes text of what would mean something else. */
  private boolean markedAsText(ScalarNode node) {
    return Tag.STR.equals(node.getTag())
        && !Tag.STR.equals(resolver.resolve(NodeId.scalar, node.getValue(), true));
  }

  private static @Nullable String tag(Node node) {
    String tag = node.getTag().getValue();
    return tag.startsWith(Tag.PREFIX) ? null : tag;
  }

  private Built sequence(SequenceNode node, int depth) {
    List<TreeNode> items = new ArrayList<>();
    long nodes = 1;
    int height = 1;
    for (Node child : node.getValue()) {
      Built item = visit(child, depth + 1);
      items.add(item.node());
      nodes += item.nodes();
      height = Math.max(height, item.height() + 1);
    }
    if (nodes > YamlReader.MAXIMUM_NODES) {
      return refuseLimit(node, TOO_MANY);
    }
    return new Built(new TreeNode.Sequence(items, tag(node), location(node)), nodes, height);
  }

  private Built mapping(MappingNode node, int depth) {
    Map<String, SourceLocation> seen = new LinkedHashMap<>();
    List<Entry> own = new ArrayList<>();
    List<Mapping> merged = new ArrayList<>();
    int mergedAt = 0;
    long nodes = 1;
    int height = 1;
    for (NodeTuple pair : node.getValue()) {
      Built value = visit(pair.getValueNode(), depth + 1);
      nodes += 1 + value.nodes();
      height = Math.max(height, value.height() + 1);
      String key = key(pair.getKeyNode(), seen);
      if (key == null) {
        continue;
      }
      if (Tag.MERGE.equals(pair.getKeyNode().getTag())) {
        mergedAt = own.size();
        merged.addAll(mergedMappings(value.node(), location(pair.getKeyNode())));
      } else {
        own.add(new Entry(key, location(pair.getKeyNode()), value.node()));
      }
    }
    if (nodes > YamlReader.MAXIMUM_NODES) {
      return refuseLimit(node, TOO_MANY);
    }
    List<Entry> entries = merged.isEmpty() ? own : merge(own, merged, mergedAt);
    return new Built(new Mapping(entries, tag(node), location(node)), nodes, height);
  }

  /** Return a key's text; null if it is refused. */
  private @Nullable String key(Node node, Map<String, SourceLocation> seen) {
    if (!(node instanceof ScalarNode scalar)) {
      diagnostics.refuse(
          Category.INVALID,
          location(node),
          "",
          "a key is text, here it is a mapping or a list",
          "If this is a placeholder in {{ }} or a text that begins with { or [, put quotes"
              + " around it.");
      return null;
    }
    String key = scalar.getValue();
    SourceLocation first = seen.putIfAbsent(key, location(node));
    if (first == null) {
      return key;
    }
    diagnostics.refuse(
        Category.INVALID,
        location(node),
        "",
        "the key \"%s\" is given twice in one mapping, first at %s"
            .formatted(shortened(key), first),
        Tag.MERGE.equals(node.getTag())
            ? "Merge several mappings with one key: <<: [*a, *b]."
            : "Keep one of them.");
    return null;
  }

  /** Return the mappings a {@code <<} brings in, the strongest first. */
  private List<Mapping> mergedMappings(TreeNode value, SourceLocation key) {
    return switch (value) {
      case Mapping mapping -> List.of(mapping);
      case TreeNode.Sequence sequence -> {
        List<Mapping> mappings = new ArrayList<>();
        for (TreeNode item : sequence.items()) {
          if (item instanceof Mapping mapping) {
            mappings.add(mapping);
          } else {
            refuseMerge(item, key);
          }
        }
        yield mappings;
      }
      case TreeNode.Scalar scalar -> {
        refuseMerge(scalar, key);
        yield List.of();
      }
    };
  }

  private static String shortened(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }

  private void refuseMerge(TreeNode value, SourceLocation key) {
    // Where a limit or a cycle was refused, nothing stands in the value's place.
    if (!limitPassed && !cyclic) {
      diagnostics.refuse(
          Category.INVALID,
          key,
          "",
          "<< takes a mapping or a list of mappings, not " + shortened(value.kind()),
          "Write <<: *name, where &name marks a mapping; quote \"<<\" if it is a key like others.");
    }
  }

  private static List<Entry> merge(List<Entry> own, List<Mapping> merged, int at) {
    Map<String, Entry> added = new LinkedHashMap<>();
    for (Mapping mapping : merged) {
      mapping.entries().forEach(entry -> added.putIfAbsent(entry.key(), entry));
    }
    own.forEach(entry -> added.remove(entry.key()));
    List<Entry> entries = new ArrayList<>(own);
    entries.addAll(at, added.values());
    return entries;
  }
}
