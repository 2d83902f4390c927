package dev.audition.core.diagnostic;

/** A value and the place it was read from. */
public record Located<T>(T value, SourceLocation location) {}
