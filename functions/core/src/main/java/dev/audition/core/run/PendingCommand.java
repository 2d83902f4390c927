package dev.audition.core.run;

import java.time.Instant;

/**
 * A command that no event has answered yet.
 *
 * @param since when it was committed
 */
public record PendingCommand(RunCommand command, Instant since) {}
