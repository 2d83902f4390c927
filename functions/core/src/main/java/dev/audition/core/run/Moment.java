package dev.audition.core.run;

import java.time.Instant;

/**
 * Something that happened to a run and is not seen in the states of its containers.
 *
 * @param subject a step's or service's name, or {@code run}
 */
public record Moment(Instant at, String subject, String event) {}
