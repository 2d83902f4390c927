package dev.audition.cli;

import dev.audition.cli.render.DiagnosticText;
import dev.audition.cli.render.HookText;
import dev.audition.cli.render.PlanText;
import dev.audition.cli.render.ProjectJson;
import dev.audition.cli.render.Style;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.Plan;
import dev.audition.core.tree.JsonWriter;
import dev.audition.local.PlannedProject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code audition plan}. */
@Command(
    name = "plan",
    description = "Show what a file means: containers, order, gates, sizes, warnings, cost.",
    footer = {
      "",
      "Examples:",
      "  audition plan                     the file of this folder",
      "  audition plan compose.yaml --json",
      "  audition plan --task-definition   what would be registered for Fargate",
      "",
      "Needs no engine. Exit code 0, or 3 if the file is refused. What only a run needs",
      "(who decides, values, env files) is named and is no refusal."
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class PlanCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin ProjectOptions project;
  @Mixin OutputOptions output;

  @Option(names = "--json", description = "Print one JSON document")
  boolean json;

  @Option(
      names = "--task-definition",
      description = "Print the RegisterTaskDefinition request for Fargate, as JSON")
  boolean taskDefinition;

  @Override
  public Integer call() {
    Session session = parent.session();
    Requests.Request request = new Requests(session).planned(project);
    PlannedProject planned = session.auditions().plan(request.projectRequest());
    Style style = session.style(output.noColor);
    List<Diagnostic> diagnostics = diagnostics(planned);
    if (taskDefinition) {
      return printTaskDefinitions(session, planned, diagnostics, style);
    }
    if (json) {
      session.terminal().out().println(JsonWriter.writePretty(ProjectJson.of(planned)));
    } else {
      print(session, request, planned, diagnostics, style);
    }
    return planned.refused() ? ExitCode.USAGE : ExitCode.OK;
  }

  private int printTaskDefinitions(
      Session session, PlannedProject planned, List<Diagnostic> diagnostics, Style style) {
    TaskDefinitions definitions =
        TaskDefinitions.of(
            planned.plans(),
            planned.request().workspace().root(),
            session.auditions().imageConfigs());
    List<Diagnostic> all = new ArrayList<>(diagnostics);
    all.addAll(definitions.diagnostics());
    DiagnosticText.lines(all, style).forEach(session.terminal().err()::println);
    if (all.stream().anyMatch(Diagnostic::refuses)) {
      return ExitCode.USAGE;
    }
    session.terminal().out().println(JsonWriter.writePretty(definitions.json()));
    return ExitCode.OK;
  }

  private void print(
      Session session,
      Requests.Request request,
      PlannedProject planned,
      List<Diagnostic> diagnostics,
      Style style) {
    List<String> lines = new ArrayList<>();
    request.choice().forEach(line -> lines.add(style.dim(line)));
    Pipeline pipeline = planned.project().pipeline();
    if (pipeline != null) {
      lines.addAll(PlanText.lines(planned.plans(), style));
      lines.addAll(HookText.planned(pipeline.hooks(), names(planned.plans()), style));
      lines.addAll(PlanText.variables(pipeline.variables(), style));
    }
    lines.addAll(DiagnosticText.lines(diagnostics, style));
    session.print(lines);
  }

  private static Map<Integer, String> names(List<Plan> plans) {
    Map<Integer, String> names = new HashMap<>();
    plans.forEach(plan -> names.put(plan.stepNumber(), plan.step()));
    return names;
  }

  /** Return all there is to say, of the reading and of each step. */
  static List<Diagnostic> diagnostics(PlannedProject planned) {
    dev.audition.core.diagnostic.Diagnostics all = new dev.audition.core.diagnostic.Diagnostics();
    all.addAll(planned.project().diagnostics());
    planned.plans().forEach(plan -> all.addAll(plan.diagnostics()));
    return all.sorted();
  }
}
