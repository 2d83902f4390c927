package dev.audition.core.run;

import dev.audition.core.run.StepSettings.Kind;
import java.time.Duration;
import java.util.List;

/** Step settings of which a test says only what it is about. */
final class StepKinds {
  static final Duration TIMEOUT = Duration.ofMinutes(10);

  private StepKinds() {}

  static StepSettings composition(int number, String... candidates) {
    return step(number, Kind.COMPOSITION, true, false, candidates);
  }

  /** {@code fail_fast: false}. */
  static StepSettings lenient(int number, String... candidates) {
    return step(number, Kind.COMPOSITION, false, false, candidates);
  }

  /** {@code fail_fast: false, strict_fail_fast: true}. */
  static StepSettings strict(int number, String... candidates) {
    return step(number, Kind.COMPOSITION, false, true, candidates);
  }

  static StepSettings build(int number) {
    return step(number, Kind.BUILD, true, false);
  }

  static StepSettings skipped(int number) {
    return new StepSettings(
        number,
        "step-" + number,
        Kind.SKIPPED,
        TIMEOUT,
        true,
        false,
        List.of(),
        "when.branch.only does not name the branch feature");
  }

  static StepSettings other(int number) {
    return new StepSettings(
        number,
        "step-" + number,
        Kind.OTHER,
        TIMEOUT,
        true,
        false,
        List.of(),
        "push steps are not run here");
  }

  private static StepSettings step(
      int number, Kind kind, boolean failFast, boolean strict, String... candidates) {
    return new StepSettings(
        number, "step-" + number, kind, TIMEOUT, failFast, strict, List.of(candidates), "");
  }
}
