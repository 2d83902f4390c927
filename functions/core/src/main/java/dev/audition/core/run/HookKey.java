package dev.audition.core.run;

import dev.audition.core.hook.Hook;
import dev.audition.core.hook.HookKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One delivery of one hook of a run: what a receiver tells repetitions by.
 *
 * @param step the step's number; 0 for the run
 * @param number among those of the step and kind, 1-based
 */
public record HookKey(RunId run, int step, HookKind kind, int number) {
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,39})/(\\d{1,6})/([a-z_]{1,16})/(\\d{1,6})");

  static HookKey of(RunId run, Hook hook) {
    return new HookKey(run, hook.step(), hook.kind(), hook.number());
  }

  /** Read an id; empty if it is none of ours. */
  public static Optional<HookKey> parse(String id) {
    Matcher matcher = TEXT.matcher(id);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return HookKind.of(matcher.group(3))
        .map(
            kind ->
                new HookKey(
                    new RunId(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    kind,
                    Integer.parseInt(matcher.group(4))));
  }

  /** Return the id: {@code <run id>/<step>/<kind>/<number>}; the same for ever. */
  public String id() {
    return run + "/" + step + "/" + kind.word() + "/" + number;
  }

  boolean matches(Hook hook) {
    return step == hook.step() && kind == hook.kind() && number == hook.number();
  }

  @Override
  public String toString() {
    return id();
  }
}
