package dev.audition.core.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces <code>${{NAME}}</code> as pipelines have it: textually, the shortest text up to the next
 * <code>}}</code>, dotted names included, spaces around the name left out.
 *
 * <p>What the look-up does not have stays as it stands, and is no error: a later part of the
 * pipeline may still give it, or its text may be wanted. Values are put in as they are, never read
 * again.
 */
public final class PipelineInterpolation {
  private static final String OPEN = "${{";
  private static final String CLOSE = "}}";

  private PipelineInterpolation() {}

  /** Replace the variables of a text. */
  public static Interpolated interpolate(String text, VariableLookup lookup) {
    StringBuilder result = new StringBuilder();
    List<Mention> mentions = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
      int lineEnd = lineEnd(text, open);
      int close = close(text, open + OPEN.length(), lineEnd);
      if (close < 0) {
        // Nor is any later one of this line closed.
        result.append(text, at, lineEnd);
        at = lineEnd;
        continue;
      }
      String name = text.substring(open + OPEN.length(), close).strip();
      Optional<String> found = lookup.find(name);
      mentions.add(new Mention(name, found.orElse(""), found.isPresent(), false));
      String verbatim = text.substring(open, close + CLOSE.length());
      result.append(text, at, open).append(found.orElse(verbatim));
      at = close + CLOSE.length();
      if (result.length() > ComposeInterpolation.MAXIMUM_LENGTH) {
        return new Interpolated(text, mentions, ComposeInterpolation.TOO_LONG, null);
      }
    }
    result.append(text, at, text.length());
    return new Interpolated(result.toString(), mentions, null, null);
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Find the end of a name on its line, at least one character on; -1 if there is none. */
  private static int close(String text, int start, int lineEnd) {
    // In }}} the first brace belongs to the name.
    return start + 1 > lineEnd ? -1 : text.indexOf(CLOSE, start + 1, lineEnd);
  }
}
