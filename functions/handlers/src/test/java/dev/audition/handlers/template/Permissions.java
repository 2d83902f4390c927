package dev.audition.handlers.template;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What roles need: {@code infra/permissions.yaml}. */
final class Permissions {
  /** Its name. */
  static final String NAME = "infra/permissions.yaml";

  private final Mapping root = ProjectFiles.yaml(NAME);

  /** Return the handlers that it knows. */
  List<String> handlers() {
    return Nodes.mapping(root, "calls").keys();
  }

  /** Return the SDK calls of a handler, as {@code service:Operation}. */
  SortedSet<String> calls(String handler) {
    return new TreeSet<>(Nodes.texts(root, "calls", handler));
  }

  /** Return every call that it says the needs of. */
  SortedSet<String> known() {
    return new TreeSet<>(Nodes.mapping(root, "needs").keys());
  }

  /**
   * Return what a role must be allowed.
   *
   * @param calls those made with it
   * @param own what {@code own-...} resources are for it
   */
  SortedSet<Permission> needed(String role, SortedSet<String> calls, Map<String, String> own) {
    List<TreeNode> rows = new ArrayList<>(Nodes.items(root, "implied", role));
    for (String call : calls) {
      List<TreeNode> needs = Nodes.items(root, "needs", call);
      if (needs.isEmpty()) {
        throw new AssertionError("%s: needs: says nothing of %s".formatted(NAME, call));
      }
      rows.addAll(needs);
    }
    SortedSet<Permission> needed = new TreeSet<>();
    for (TreeNode row : rows) {
      String condition = value(row, "if");
      for (String resource : resources(value(row, "on"), own)) {
        needed.add(
            new Permission(
                value(row, "action"),
                resource,
                condition.isEmpty() ? "" : Nodes.text(Nodes.get(root, "conditions", condition)),
                value(row, "when")));
      }
    }
    return needed;
  }

  /** Return the calls of a handler that the tests cannot bring about with certainty. */
  SortedSet<String> outOfReach(String handler) {
    SortedSet<String> calls = new TreeSet<>();
    for (TreeNode row : outOfReach()) {
      if (value(row, "handler").isEmpty() || value(row, "handler").equals(handler)) {
        calls.add(value(row, "call"));
      }
    }
    return calls;
  }

  /** Return the rows of what the tests cannot bring about. */
  List<TreeNode> outOfReach() {
    return Nodes.items(root, "outOfReach");
  }

  /** Return the rows of what no call shows, each with its role. */
  List<TreeNode> implied() {
    return Nodes.mapping(root, "implied").entries().stream()
        .flatMap(entry -> Nodes.items(entry.value()).stream())
        .toList();
  }

  private List<String> resources(String name, Map<String, String> own) {
    return own.containsKey(name)
        ? List.of(own.get(name))
        : Nodes.texts(Nodes.get(root, "resources", name));
  }

  private static String value(TreeNode row, String key) {
    return Nodes.find(row, key).map(Nodes::text).orElse("");
  }
}
