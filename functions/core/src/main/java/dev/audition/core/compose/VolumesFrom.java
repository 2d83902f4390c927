package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;

/** One entry of {@code volumes_from}: another service of the composition. */
public record VolumesFrom(String service, boolean readOnly, SourceLocation location) {}
