package dev.audition.core.run;

import dev.audition.core.hook.Annotation;
import dev.audition.core.hook.AnnotationChange;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import dev.audition.core.hook.Hooks;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Hooks of every kind and target. */
final class SampleHooks {
  static final HookTarget WEBHOOK =
      new HookTarget.Webhook(HookUrl.of("https://hooks.example.com/audition?key=1"), "HOOK_SECRET");
  static final HookTarget SLACK = new HookTarget.Slack(HookUrl.named("SLACK_URL"));
  static final HookTarget SNS = new HookTarget.Sns("arn:aws:sns:eu-west-1:123456789012:runs");
  static final HookTarget BUS = new HookTarget.EventBridge("default");

  /** Step 1, step 2 and the run have hooks for every end. */
  static final Hooks ALL =
      new Hooks(
          List.of(
              new Hook(1, HookKind.ON_SUCCESS, 1, WEBHOOK),
              new Hook(1, HookKind.ON_FAIL, 1, SLACK),
              new Hook(1, HookKind.ON_FINISH, 1, SNS),
              new Hook(2, HookKind.ON_SUCCESS, 1, BUS),
              new Hook(2, HookKind.ON_FAIL, 1, WEBHOOK),
              new Hook(Hooks.RUN, HookKind.ON_FINISH, 1, SLACK),
              new Hook(Hooks.RUN, HookKind.ON_FAIL, 1, WEBHOOK),
              new Hook(Hooks.RUN, HookKind.ON_FAIL, 2, SNS),
              new Hook(Hooks.RUN, HookKind.ON_SUCCESS, 1, BUS)),
          List.of(
              new AnnotationChange(
                  1, HookKind.ON_FINISH, new Annotation("build", "", "suite", "api"), false),
              new AnnotationChange(
                  Hooks.RUN, HookKind.ON_SUCCESS, new Annotation("image", "a:1", "ok", ""), false),
              new AnnotationChange(
                  Hooks.RUN, HookKind.ON_FAIL, new Annotation("build", "", "suite", ""), true)));

  private SampleHooks() {}

  /** Return the ids of all that the verdicts of a run set off. */
  static Set<String> expectedIds(Run run) {
    Set<String> ids = new TreeSet<>();
    for (StepState step : run.steps()) {
      if (step.verdict() != null) {
        run.hooks()
            .defined()
            .firing(step.number(), step.verdict())
            .forEach(hook -> ids.add(HookKey.of(run.id(), hook).id()));
      }
    }
    if (run.verdict() != null) {
      run.hooks()
          .defined()
          .firing(Hooks.RUN, run.verdict())
          .forEach(hook -> ids.add(HookKey.of(run.id(), hook).id()));
    }
    return ids;
  }
}
