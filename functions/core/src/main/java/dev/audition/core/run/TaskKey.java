package dev.audition.core.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt at one task of one step of a run: what {@code startedBy} of a task says. Numbers,
 * never names, so that it fits into the 128 characters ECS allows.
 *
 * @param step 1-based
 * @param task 1-based
 * @param attempt 1-based
 */
public record TaskKey(RunId run, int step, int task, int attempt) {
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,39})/(\\d{1,6})/(\\d{1,6})/(\\d{1,6})");

  /** Read the text of {@code startedBy}; empty if it is none of ours. */
  public static Optional<TaskKey> parse(String startedBy) {
    Matcher matcher = TEXT.matcher(startedBy);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new TaskKey(
            new RunId(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            Integer.parseInt(matcher.group(4))));
  }

  /** Render as {@code <run id>/<step number>/<task number>/<attempt>}. */
  public String startedBy() {
    return run + "/" + step + "/" + task + "/" + attempt;
  }

  @Override
  public String toString() {
    return startedBy();
  }
}
