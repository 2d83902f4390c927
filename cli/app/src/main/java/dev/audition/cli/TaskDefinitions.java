package dev.audition.cli;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.Plan;
import dev.audition.core.task.FargateLowered;
import dev.audition.core.task.FargateLowering;
import dev.audition.core.task.FargateOptions;
import dev.audition.core.task.FargateTask;
import dev.audition.core.task.LogOptions;
import dev.audition.core.task.TaskDefinitionJson;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The RegisterTaskDefinition requests of some plans.
 *
 * @param json one request, or a list of several
 */
record TaskDefinitions(TreeNode json, List<Diagnostic> diagnostics) {
  /** Where output goes if nobody says otherwise; the account's own settings replace it. */
  private static final LogOptions LOGS = new LogOptions("/audition", "us-east-1", "run", true);

  private static final TaskDefinitionJson.Roles ROLES =
      new TaskDefinitionJson.Roles("arn:aws:iam::123456789012:role/audition-execution", null);

  static TaskDefinitions of(List<Plan> plans, String workspace, ImageConfigs images) {
    List<TreeNode> requests = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Plan plan : plans) {
      if (plan.tasks().isEmpty() || plan.refused()) {
        continue;
      }
      FargateLowered lowered = FargateLowering.lower(plan, images, FargateOptions.of(workspace));
      diagnostics.addAll(lowered.diagnostics());
      for (FargateTask task : lowered.tasks()) {
        requests.add(TaskDefinitionJson.render(task.definition(), LOGS, ROLES));
      }
    }
    return new TaskDefinitions(
        requests.size() == 1 ? requests.getFirst() : Tree.list(requests), diagnostics);
  }
}
