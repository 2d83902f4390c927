package dev.audition.local;

import dev.audition.core.run.RunId;
import dev.audition.core.verdict.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code audition runs}.
 *
 * @param file what was run, as it was shown
 * @param verdict null while it goes on
 * @param reason the first line of the reason; empty while it goes on
 * @param kept whether its containers were left for a look inside
 */
public record RunSummary(
    RunId runId,
    String file,
    @Nullable Verdict verdict,
    String reason,
    boolean kept,
    Instant startedAt,
    @Nullable Instant endedAt) {}
