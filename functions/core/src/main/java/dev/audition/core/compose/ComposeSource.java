package dev.audition.core.compose;

import dev.audition.core.tree.TreeNode;

/** Where one compose document comes from. */
public sealed interface ComposeSource {
  /**
   * A file.
   *
   * @param path absolute and normalised
   */
  record File(String path) implements ComposeSource {}

  /**
   * A document that is read already, such as the composition inside of a pipeline.
   *
   * @param tree places point into the file it stands in
   */
  record Inline(TreeNode tree) implements ComposeSource {}
}
