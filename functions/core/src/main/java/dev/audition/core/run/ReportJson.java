package dev.audition.core.run;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.hook.Annotation;
import dev.audition.core.run.RunReport.ContainerReport;
import dev.audition.core.run.RunReport.HookReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as one JSON document; its schema is {@code events/run-report.schema.json}. */
public final class ReportJson {
  private ReportJson() {}

  /** Render a report and the diagnostics of its reading. */
  public static String render(RunReport report, List<Diagnostic> diagnostics) {
    Tree.MappingBuilder document = Tree.mapping();
    document.put("runId", Tree.text(report.runId().value()));
    document.put("file", Tree.text(report.file()));
    document.put(
        "verdict", report.verdict() == null ? Tree.nothing() : Tree.text(report.verdict().name()));
    document.put("reason", Tree.text(report.reason()));
    document.put("steps", Tree.list(report.steps().stream().map(ReportJson::step).toList()));
    document.put("warnings", Tree.list(warnings(report, diagnostics)));
    document.put("refusals", Tree.list(refusals(report, diagnostics)));
    document.put("timing", timing(report));
    document.put("hooks", Tree.list(report.hooks().stream().map(ReportJson::hook).toList()));
    document.put(
        "annotations",
        Tree.list(report.annotations().stream().map(ReportJson::annotation).toList()));
    return JsonWriter.writePretty(document.build());
  }

  private static TreeNode hook(HookReport hook) {
    return Tree.mapping()
        .putText("id", hook.id())
        .putText("owner", hook.owner())
        .putText("hook", hook.kind())
        .putText("type", hook.type())
        .putText("target", hook.target())
        .putText("state", hook.state().name().toLowerCase(Locale.ROOT))
        .putNumber("tries", hook.tries())
        .putText("detail", hook.detail())
        .build();
  }

  static TreeNode annotation(Annotation annotation) {
    return Tree.mapping()
        .putText("entityType", annotation.entityType())
        .putText("entityId", annotation.entityId())
        .putText("key", annotation.key())
        .putText("value", annotation.value())
        .build();
  }

  private static TreeNode step(StepReport step) {
    return inShort(step)
        .putText("reason", step.reason())
        .putList("candidates", step.candidates().stream().map(ReportJson::container).toList())
        .putList("services", step.services().stream().map(ReportJson::container).toList())
        .build();
  }

  /** Begin a step with what stands wherever one is told of. */
  static Tree.MappingBuilder inShort(StepReport step) {
    Verdict verdict = step.verdict();
    return Tree.mapping()
        .putNumber("number", step.number())
        .putText("name", step.name())
        .putText("state", step.state())
        .putTextOrNull("verdict", verdict == null ? null : verdict.name());
  }

  private static TreeNode container(ContainerReport container) {
    Tree.MappingBuilder node = Tree.mapping();
    node.put("name", Tree.text(container.name()));
    node.put("outcome", Tree.text(container.outcome()));
    node.put("exitCode", integer(container.exitCode()));
    node.put(
        "seconds",
        container.seconds() == null ? Tree.nothing() : Tree.number(rounded(container.seconds())));
    node.put("reason", Tree.text(container.reason()));
    node.put("peakMemoryMiB", integer(container.peakMemoryMiB()));
    node.put("plannedMemoryMiB", Tree.number(container.plannedMemoryMiB()));
    return node.build();
  }

  private static TreeNode integer(@Nullable Integer value) {
    return value == null ? Tree.nothing() : Tree.number(value);
  }

  private static List<TreeNode> warnings(RunReport report, List<Diagnostic> diagnostics) {
    List<TreeNode> warnings = new ArrayList<>();
    report.warnings().forEach(warning -> warnings.add(Tree.text(warning)));
    diagnostics.stream()
        .filter(diagnostic -> !diagnostic.refuses())
        .map(Diagnostic::render)
        .filter(text -> !report.warnings().contains(text))
        .forEach(text -> warnings.add(Tree.text(text)));
    return warnings;
  }

  /** Of a run that was refused earlier only the reason is known, a refusal to a line. */
  private static List<TreeNode> refusals(RunReport report, List<Diagnostic> diagnostics) {
    List<String> refusals =
        diagnostics.stream().filter(Diagnostic::refuses).map(Diagnostic::render).toList();
    boolean earlier = refusals.isEmpty() && report.verdict() == Verdict.REFUSED;
    return (earlier ? report.reason().lines() : refusals.stream())
        .map(refusal -> (TreeNode) Tree.text(refusal))
        .toList();
  }

  private static TreeNode timing(RunReport report) {
    Tree.MappingBuilder node = Tree.mapping();
    node.put("startedAt", Tree.text(report.startedAt().toString()));
    node.put(
        "endedAt",
        report.endedAt() == null ? Tree.nothing() : Tree.text(report.endedAt().toString()));
    node.put(
        "seconds",
        report.endedAt() == null
            ? Tree.nothing()
            : Tree.number(
                rounded(
                    Duration.between(report.startedAt(), report.endedAt()).toMillis() / 1000.0)));
    node.put(
        "timeline",
        Tree.list(
            report.timeline().stream()
                .map(
                    entry ->
                        (TreeNode)
                            Tree.mapping()
                                .put("at", Tree.number(rounded(entry.at().toMillis() / 1000.0)))
                                .put("subject", Tree.text(entry.subject()))
                                .put("event", Tree.text(entry.event()))
                                .build())
                .toList()));
    return node.build();
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
