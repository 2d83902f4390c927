package dev.audition.local;

import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.plan.Plan;
import java.util.List;

/**
 * A project that was read, and the plan of each of its steps.
 *
 * @param request what it was read from
 * @param plans in step order; empty if there is no pipeline
 */
public record PlannedProject(ProjectRequest request, Project project, List<Plan> plans) {
  public PlannedProject {
    plans = List.copyOf(plans);
  }

  /** Return whether the reading or any plan refuses the run. */
  public boolean refused() {
    return project.refused() || plans.stream().anyMatch(Plan::refused);
  }
}
