package dev.audition.core.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** The step types that the pipeline language has of its own, and what becomes of each here. */
final class StepTypes {
  /** Types that are brought about, or do no harm when they are not. */
  private static final Set<String> RUN_HERE =
      Set.of(
          StepNode.COMPOSITION,
          StepNode.FREESTYLE,
          StepNode.BUILD,
          StepNode.GIT_CLONE,
          StepNode.PARALLEL);

  /** Types that are not run, and what they do. */
  private static final SequencedMap<String, String> NOT_RUN = notRun();

  private StepTypes() {}

  private static SequencedMap<String, String> notRun() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("push", "pushes an image to a registry");
    reasons.put("push-tag", "tags an image in a registry");
    reasons.put("deploy", "deploys to a cluster");
    reasons.put("launch-composition", "starts services that outlive the run");
    reasons.put("pending-approval", "waits for a person");
    reasons.put("travis", "is an old form of composition");
    reasons.put("simple_travis", "is an old form of composition");
    reasons.put("integration-test", "is an old form of composition");
    reasons.put("services", "starts services beside the steps");
    reasons.put("freestyle-ssh", "runs commands on another machine");
    reasons.put("github-action", "runs an action of another service");
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(reasons));
  }

  /** Return whether the language itself has a type. */
  static boolean isBuiltIn(String type) {
    return RUN_HERE.contains(type) || NOT_RUN.containsKey(type);
  }

  /** Return the names of all types of the language. */
  private static Set<String> names() {
    Set<String> names = new LinkedHashSet<>(NOT_RUN.keySet());
    names.addAll(RUN_HERE);
    return names;
  }

  /** Say why a step of a type is not run; empty if it may be. */
  static Optional<String> objection(StepNode step) {
    if (RUN_HERE.contains(step.type())) {
      return Optional.empty();
    }
    String known = NOT_RUN.get(step.type());
    String near = known == null ? Near.names(step.type(), names()) : "";
    if (known != null) {
      return Optional.of(known);
    }
    String plugin = "is no type of the language, so a plugin from a marketplace";
    return Optional.of(near.isEmpty() ? plugin : plugin + "; " + near);
  }
}
