package dev.audition.core.run;

import dev.audition.core.hook.Hook;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a hook says, from the run as it is now. */
final class HookMessages {
  /** The version of the document; it grows when a reader of the earlier one would misread it. */
  private static final int SCHEMA = 1;

  private static final int LONGEST_REASON = 4000;
  private static final int LONGEST_SUBJECT = 100;

  private HookMessages() {}

  static HookMessage of(Run run, Hook hook, Instant now) {
    HookKey key = HookKey.of(run.id(), hook);
    RunReport report = RunReports.report(run, List.of(), now);
    StepReport step =
        report.steps().stream().filter(s -> s.number() == hook.step()).findFirst().orElse(null);
    Verdict verdict = step == null ? report.verdict() : step.verdict();
    String reason = shortened(step == null ? report.reason() : step.reason());
    String what = step == null ? run.file() : run.file() + ", step " + step.name();
    String headline = (verdict == null ? "running" : verdict.name()) + " " + what;
    return new HookMessage(
        key,
        hook.target(),
        subject(headline),
        text(headline, reason, run, hook),
        JsonWriter.write(body(key, report, run, step, verdict, reason)));
  }

  private static TreeNode body(
      HookKey key,
      RunReport report,
      Run run,
      @Nullable StepReport step,
      @Nullable Verdict verdict,
      String reason) {
    Tree.MappingBuilder body =
        Tree.mapping()
            .putNumber("schema", SCHEMA)
            .putText("id", key.id())
            .putText("event", step == null ? "run.ended" : "step.ended")
            .putText("hook", key.kind().word())
            .putText("runId", run.id().value())
            .putText("file", run.file())
            .putTextOrNull("verdict", verdict == null ? null : verdict.name())
            .putText("reason", reason)
            .put("step", step == null ? Tree.nothing() : ReportJson.inShort(step).build())
            .putList(
                "steps",
                step == null
                    ? report.steps().stream().map(each -> ReportJson.inShort(each).build()).toList()
                    : List.of());
    StepState state = step == null ? null : run.step(step.number()).orElse(null);
    return body.putTextOrNull(
            "startedAt", text(state == null ? run.times().startedAt() : state.times().startedAt()))
        .putTextOrNull(
            "endedAt", text(state == null ? run.times().endedAt() : state.times().endedAt()))
        .putList(
            "annotations",
            step == null
                ? report.annotations().stream().map(ReportJson::annotation).toList()
                : List.of())
        .build();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static String text(String headline, String reason, Run run, Hook hook) {
    Duration took =
        run.step(hook.step())
            .map(step -> step.took(run.times().createdAt()))
            .orElseGet(() -> took(run));
    return "%s in %s (run %s)%s"
        .formatted(headline, Spoken.of(took), run.id(), reason.isEmpty() ? "" : "\n" + reason);
  }

  private static Duration took(Run run) {
    Instant from = run.times().startedAt();
    Instant to = run.times().endedAt();
    return from == null || to == null ? Duration.ZERO : Duration.between(from, to);
  }

  /** SNS takes 99 printable ASCII characters that do not begin with a space. */
  private static String subject(String headline) {
    String plain = ("Audition: " + headline).replaceAll("[^ -~]", "?");
    return plain.length() < LONGEST_SUBJECT ? plain : plain.substring(0, LONGEST_SUBJECT - 1);
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON) + " ...";
  }
}
