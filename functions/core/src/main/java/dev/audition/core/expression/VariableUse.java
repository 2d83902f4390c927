package dev.audition.core.expression;

import dev.audition.core.diagnostic.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * One variable that an input mentions.
 *
 * @param name without braces
 * @param value what stands in its place; empty text if it is empty or unresolved
 * @param source the name of the source that has it, {@code default} for a default in the text, or
 *     null if nothing has it
 * @param location the first place that mentions it
 */
public record VariableUse(
    String name, String value, @Nullable String source, SourceLocation location) {
  /** Return whether nothing stands in the variable's place. */
  public boolean empty() {
    return value.isEmpty();
  }
}
