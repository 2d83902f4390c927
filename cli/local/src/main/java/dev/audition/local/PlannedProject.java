package dev.audition.local;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Return everything that refuses the run, in one text. */
  public String refusalParagraph() {
    return Stream.concat(
            project.diagnostics().stream(), plans.stream().flatMap(p -> p.diagnostics().stream()))
        .filter(Diagnostic::refuses)
        .map(Diagnostic::render)
        .distinct()
        .collect(Collectors.joining("\n"));
  }
}
