package dev.audition.handlers.wire;

import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.util.List;

/**
 * A page of a list.
 *
 * @param next the token of the next one; empty if this is the last
 */
record Page(List<String> items, String next) {
  private static final int LARGEST = 100;

  /** Cut the page that a request asks for. */
  static Page of(Fields request, List<String> all) {
    int size = request.number("maxResults", LARGEST);
    if (size < 1 || size > LARGEST) {
      throw EcsError.invalidParameter("maxResults: " + size);
    }
    int from = Math.min(request.number("nextToken", 0), all.size());
    int to = Math.min(from + size, all.size());
    return new Page(all.subList(from, to), to < all.size() ? Integer.toString(to) : "");
  }

  TreeNode render(String field) {
    Tree.MappingBuilder json = Tree.mapping().putTexts(field, items);
    if (!next.isEmpty()) {
      json.putText("nextToken", next);
    }
    return json.build();
  }
}
