package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;

/** A named volume of the composition. */
public record VolumeConfig(String name, SourceLocation location) {}
