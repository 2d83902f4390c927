package dev.audition.local.store;

/**
 * Somebody wants a run to end.
 *
 * @param by who, such as {@code audition cancel}
 * @param reason why; empty if they did not say
 */
public record CancelRequest(String by, String reason) {}
