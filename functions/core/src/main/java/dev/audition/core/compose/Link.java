package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;

/**
 * One entry of {@code links}.
 *
 * @param alias the further name; the service's own where none is given
 */
public record Link(String service, String alias, SourceLocation location) {}
