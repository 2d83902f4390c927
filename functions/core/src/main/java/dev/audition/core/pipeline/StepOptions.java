package dev.audition.core.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every step may say of itself.
 *
 * @param timeout from the step's start, image pulls included; null if none is given
 * @param failFast whether the run ends with this step's failure; the root's value where the step
 *     says nothing, true where neither does
 * @param strictFailFast whether a failure that does not end the run still fails it
 * @param skippedBy why {@code when} keeps the step from running; null if it runs
 */
public record StepOptions(
    @Nullable Duration timeout,
    boolean failFast,
    boolean strictFailFast,
    @Nullable String skippedBy) {
  /** What holds where a file says nothing. */
  public static final StepOptions DEFAULT = new StepOptions(null, true, false, null);
}
