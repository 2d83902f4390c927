package dev.audition.cli.render;

import dev.audition.core.expression.VariableUse;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.Hooks;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.PlanJson;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.local.PlannedProject;
import java.util.List;

/** What {@code plan --json} prints: whether the input is refused and why, variables, steps. */
public final class ProjectJson {
  private ProjectJson() {}

  /** Render a project with its plans as one document. */
  public static TreeNode of(PlannedProject planned) {
    Pipeline pipeline = planned.project().pipeline();
    List<VariableUse> variables = pipeline == null ? List.of() : pipeline.variables();
    Tree.MappingBuilder document =
        Tree.mapping()
            .put("refused", Tree.bool(planned.refused()))
            .putList(
                "diagnostics",
                planned.project().diagnostics().stream().map(PlanJson::diagnostic).toList())
            .putList("variables", variables.stream().map(ProjectJson::variable).toList());
    if (PlanJson.of(planned.plans()) instanceof TreeNode.Mapping plans) {
      plans.entries().forEach(entry -> document.put(entry.key(), entry.value()));
    }
    Hooks hooks = pipeline == null ? Hooks.NONE : pipeline.hooks();
    return document
        .putList("hooks", hooks.sends().stream().map(ProjectJson::hook).toList())
        .build();
  }

  private static TreeNode hook(Hook hook) {
    return Tree.mapping()
        .put("step", hook.step() == Hooks.RUN ? Tree.nothing() : Tree.number(hook.step()))
        .putText("hook", hook.kind().word())
        .putText("type", hook.target().type())
        .putText("target", hook.target().shown())
        .build();
  }

  /** Values may be secret, so only whether there is one is told. */
  private static TreeNode variable(VariableUse use) {
    return Tree.mapping()
        .putText("name", use.name())
        .put("empty", Tree.bool(use.empty()))
        .putTextOrNull("source", use.source())
        .putText("location", use.location().toString())
        .build();
  }
}
