package dev.audition.core.hook;

/**
 * A notification to send when a step, or the run, has its verdict.
 *
 * @param step the step's number, 1-based; {@link Hooks#RUN} for the run
 * @param number among those of one step and kind, 1-based
 */
public record Hook(int step, HookKind kind, int number, HookTarget target) {
  public Hook {
    if (step < 0 || number < 1) {
      throw new IllegalArgumentException(
          "hook: step %d, number %d (expected: at least 0 and 1)".formatted(step, number));
    }
  }
}
