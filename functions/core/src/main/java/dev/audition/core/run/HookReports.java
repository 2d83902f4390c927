package dev.audition.core.run;

import dev.audition.core.hook.Annotation;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.Hooks;
import dev.audition.core.run.RunReport.HookReport;
import dev.audition.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Says for a reader how the hooks of a run stand and what they put on record. */
final class HookReports {
  private HookReports() {}

  static List<HookReport> hooks(Run run) {
    List<HookReport> reports = new ArrayList<>();
    for (HookDelivery delivery : run.hooks().deliveries()) {
      HookKey key = delivery.key(run.id());
      run.hooks().hook(key).map(hook -> report(run, delivery, hook)).ifPresent(reports::add);
    }
    return reports;
  }

  private static HookReport report(Run run, HookDelivery delivery, Hook hook) {
    return new HookReport(
        delivery.key(run.id()).id(),
        run.step(hook.step()).map(StepState::name).orElse("run"),
        hook.kind().word(),
        hook.target().type(),
        hook.target().shown(),
        delivery.state(),
        delivery.tries(),
        delivery.detail());
  }

  static List<Annotation> annotations(Run run) {
    SequencedMap<Integer, Verdict> ends = new LinkedHashMap<>();
    run.steps().stream()
        .filter(step -> step.times().endedAt() != null)
        .sorted(Comparator.comparing(step -> step.times().endedAt()))
        .forEach(step -> put(ends, step.number(), step.verdict()));
    put(ends, Hooks.RUN, run.verdict());
    return run.hooks().defined().annotations(ends);
  }

  private static void put(
      SequencedMap<Integer, Verdict> ends, int step, @Nullable Verdict verdict) {
    if (verdict != null) {
      ends.put(step, verdict);
    }
  }
}
