package dev.audition.core.plan;

import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settles how often a container that ended is started again. */
final class RestartReading {
  private static final String ON_FAILURE = "on-failure";
  private static final int NO_BOUND = 0;

  private RestartReading() {}

  /** Return the most restarts, 0 for no bound; null for none at all. */
  static @Nullable Integer read(Draft draft, Set<String> oneShots, Findings findings) {
    String policy = draft.service().get(ServiceKey.RESTART, "no");
    boolean onFailure = policy.startsWith(ON_FAILURE);
    if (policy.isEmpty() || policy.equals("no") || policy.equals("false")) {
      return null;
    }
    if (draft.candidate()) {
      warn(
          draft,
          Category.NO_EFFECT,
          "a candidate's exit decides, it is not started again",
          findings);
      return null;
    }
    if (oneShots.contains(draft.name()) && !onFailure) {
      warn(
          draft,
          Category.NO_EFFECT,
          "others wait for this service's end, it is not started again",
          findings);
      return null;
    }
    warn(
        draft,
        Category.EMULATED,
        "on Fargate a container is started again only if it ran for 60 seconds at least",
        findings);
    return onFailure ? bound(policy) : Integer.valueOf(NO_BOUND);
  }

  private static Integer bound(String policy) {
    String number = policy.substring(ON_FAILURE.length()).replace(":", "").strip();
    return number.matches("[0-9]{1,6}") ? Integer.valueOf(number) : Integer.valueOf(NO_BOUND);
  }

  private static void warn(Draft draft, Category category, String message, Findings findings) {
    findings
        .diagnostics()
        .warn(
            category,
            draft.service().locationOf(ServiceKey.RESTART),
            draft.path(ServiceKey.RESTART),
            message,
            "");
  }
}
