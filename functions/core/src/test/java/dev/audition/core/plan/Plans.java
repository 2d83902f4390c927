package dev.audition.core.plan;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.SampleService;
import java.util.List;

/** Plans made and asked in tests. */
final class Plans {
  private Plans() {}

  static Plan plan(SampleService... services) {
    return plan(ImageConfigs.NONE, services);
  }

  static Plan plan(ImageConfigs images, SampleService... services) {
    return Planner.plan(Compositions.pipeline(services), 1, images);
  }

  static TaskPlan task(Plan plan) {
    return plan.tasks().getFirst();
  }

  static PlannedContainer container(Plan plan, String service) {
    return task(plan).containers().stream()
        .filter(container -> container.service().equals(service))
        .findFirst()
        .orElseThrow();
  }

  static GateCondition condition(Plan plan, String waiter, String service) {
    return container(plan, waiter).gates().stream()
        .filter(gate -> gate.service().equals(service))
        .map(Gate::condition)
        .findFirst()
        .orElseThrow();
  }

  /** Return the gates of a service as {@code db:HEALTHY}. */
  static List<String> gates(Plan plan, String waiter) {
    return container(plan, waiter).gates().stream()
        .map(gate -> gate.service() + ":" + gate.condition())
        .toList();
  }

  static List<String> refusals(Plan plan, Category category) {
    return messages(plan, Severity.REFUSAL, category);
  }

  static List<String> warnings(Plan plan, Category category) {
    return messages(plan, Severity.WARNING, category);
  }

  private static List<String> messages(Plan plan, Severity severity, Category category) {
    return plan.diagnostics().stream()
        .filter(diagnostic -> diagnostic.severity() == severity)
        .filter(diagnostic -> diagnostic.category() == category)
        .map(Diagnostic::render)
        .toList();
  }
}
