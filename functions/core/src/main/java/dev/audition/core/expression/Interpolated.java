package dev.audition.core.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with its variables replaced.
 *
 * @param text the result; the text as it was if there is an error
 * @param mentions the variables the result depends on, in their order, as often as they stand
 *     there; those of a default that was not needed are not among them
 * @param error why the text is no valid template, with what to do; null if it is one
 * @param required what {@code ${VAR:?message}} says when VAR has no value: {@code required variable
 *     VAR is missing a value: message}, of the first one; null if nothing is missing. Empty text
 *     stands in its place
 */
public record Interpolated(
    String text, List<Mention> mentions, @Nullable String error, @Nullable String required) {
  public Interpolated {
    mentions = List.copyOf(mentions);
  }
}
