package dev.audition.aws.logs;

import java.time.Instant;

/** A line of output, with the time the log driver saw it. */
public record LogLine(Instant time, String text) {}
