package dev.audition.core.expression;

/**
 * One variable that a text mentions and that its value depends on.
 *
 * @param name without braces
 * @param value what stands in its place
 * @param resolved whether the look-up has it, be it empty
 * @param defaulted whether the text itself said what holds, because the variable is unset or empty:
 *     {@code ${X:-d}}, {@code ${X-d}}, and {@code ${X:+r}}, {@code ${X+r}} where nothing stands
 */
public record Mention(String name, String value, boolean resolved, boolean defaulted) {}
