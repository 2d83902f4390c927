package dev.audition.cli.render;

import dev.audition.core.expression.VariableUse;
import dev.audition.core.plan.Gate;
import dev.audition.core.plan.GateCondition;
import dev.audition.core.plan.ImageBuild;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.TaskPlan;
import dev.audition.core.size.FargatePrices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A plan as text: what will start, in which order, what waits for what, how large, what it costs.
 */
public final class PlanText {
  private static final int WIDTH = 100;

  private PlanText() {}

  /** Render the plans of all steps. */
  public static List<String> lines(List<Plan> plans, Style style) {
    List<String> lines = new ArrayList<>();
    for (Plan plan : plans) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      step(plan, style, lines);
    }
    return lines;
  }

  /** Render the variables an input mentions and where each value comes from, empty ones first. */
  public static List<String> variables(List<VariableUse> variables, Style style) {
    List<String> lines = new ArrayList<>();
    if (variables.isEmpty()) {
      return lines;
    }
    lines.add(style.bold("variables"));
    TextTable table = new TextTable();
    variables.stream()
        .sorted(Comparator.comparing((VariableUse use) -> !use.empty()))
        .forEach(
            use ->
                table.row(
                    use.name(),
                    use.empty() ? style.yellow("(empty)") : shortened(use.value()),
                    use.source() == null ? style.yellow("not set") : "from " + use.source(),
                    style.dim(use.location().toString())));
    lines.addAll(table.lines("  "));
    return lines;
  }

  private static void step(Plan plan, Style style, List<String> lines) {
    String head = "step " + plan.stepNumber() + " " + style.bold(plan.step());
    if (plan.skipped() || !plan.notRun().isEmpty()) {
      lines.add(head + ": " + (plan.skipped() ? "skipped" : "not run") + ", " + plan.notRun());
      return;
    }
    lines.add(head + "  " + style.dim("deadline " + Seconds.text(plan.timeout())));
    for (ImageBuild build : plan.builds()) {
      lines.add("  builds " + build.image() + " from " + build.build().context());
    }
    for (TaskPlan task : plan.tasks()) {
      task(task, plan.tasks().size() > 1, style, lines);
    }
    for (String reading : plan.readings()) {
      List<String> wrapped = Paragraph.wrap(reading, WIDTH, "    ");
      lines.add("  " + style.dim("·") + " " + wrapped.getFirst().strip());
      lines.addAll(wrapped.subList(1, wrapped.size()));
    }
    if (!plan.unknownImages().isEmpty()) {
      lines.add("  image configurations not known (no engine, or not pulled yet):");
      plan.unknownImages()
          .forEach(
              (image, hangs) ->
                  lines.add(
                      "    " + image + (hangs.isEmpty() ? "" : ": " + String.join("; ", hangs))));
    }
  }

  private static void task(TaskPlan task, boolean named, Style style, List<String> lines) {
    if (named) {
      lines.add("  task " + task.number());
    }
    TextTable table = new TextTable();
    table.row(
        style.dim("container"),
        style.dim("image"),
        style.dim("starts when"),
        style.dim("ready when"),
        style.dim("memory"));
    for (PlannedContainer container : task.containers()) {
      table.row(
          (container.candidate()
              ? style.bold(container.service()) + " (candidate)"
              : container.service()),
          shortened(container.image()),
          gates(container.gates()),
          ready(container, task),
          container.memoryMiB() + " MiB");
    }
    lines.addAll(table.lines("    "));
    lines.add(
        String.format(
            Locale.ROOT,
            "    Fargate size %s vCPU, %s GB (%s): %.6f USD a minute, at least one minute a run"
                + " (%s, prices of %s)",
            number(task.size().cpuUnits() / 1024.0),
            number(task.size().memoryMiB() / 1024.0),
            task.architecture(),
            FargatePrices.perMinute(task.size(), task.architecture()),
            FargatePrices.REGION,
            FargatePrices.AS_OF));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value).replaceAll("0+$", "");
  }

  private static String gates(List<Gate> gates) {
    if (gates.isEmpty()) {
      return "at once";
    }
    Map<String, List<String>> byCondition = new LinkedHashMap<>();
    for (Gate gate : gates) {
      byCondition.computeIfAbsent(words(gate), words -> new ArrayList<>()).add(gate.service());
    }
    return byCondition.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + " " + entry.getKey())
        .collect(Collectors.joining("; "));
  }

  private static String words(Gate gate) {
    return switch (gate.condition()) {
      case STARTED -> "started";
      case LISTENING -> "listening";
      case HEALTHY -> "healthy";
      case COMPLETED_SUCCESSFULLY -> "exited 0";
    };
  }

  private static String ready(PlannedContainer container, TaskPlan task) {
    if (container.health() != null) {
      return switch (container.health().origin()) {
        case COMPOSITION -> "its health check passes";
        case IMAGE -> "the image's health check passes";
        case CATALOGUE -> "our health check passes";
      };
    }
    if (container.listening() != null && isDialled(container, task)) {
      return "port "
          + container.listening().ports().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(" or "))
          + " accepts";
    }
    return container.candidate() ? "" : "started";
  }

  /** A port that nobody waits for is not dialled. */
  private static boolean isDialled(PlannedContainer container, TaskPlan task) {
    return task.containers().stream()
        .flatMap(other -> other.gates().stream())
        .anyMatch(
            gate ->
                gate.condition() == GateCondition.LISTENING
                    && gate.service().equals(container.service()));
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
