package dev.audition.cli;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.plan.Plan;
import dev.audition.core.tree.TreeNode;
import java.util.List;

/**
 * The RegisterTaskDefinition requests of some plans.
 *
 * @param json one request, or a list of several
 */
record TaskDefinitions(TreeNode json, List<Diagnostic> diagnostics) {
  static TaskDefinitions of(List<Plan> plans) {
    throw new IllegalStateException("plans: " + plans.size());
  }
}
