package dev.audition.core.task;

import dev.audition.core.diagnostic.Diagnostic;
import java.util.List;

/**
 * A plan for Fargate.
 *
 * @param tasks one for each task of the plan, in its order; complete only if nothing refuses
 * @param diagnostics what cannot be on Fargate or will differ there; the plan's own are not
 *     repeated
 */
public record FargateLowered(List<FargateTask> tasks, List<Diagnostic> diagnostics) {
  public FargateLowered {
    tasks = List.copyOf(tasks);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Return whether anything keeps the plan from running on Fargate. */
  public boolean refused() {
    return diagnostics.stream().anyMatch(Diagnostic::refuses);
  }
}
