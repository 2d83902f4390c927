package dev.audition.core.run;

import dev.audition.core.verdict.Verdict;
import java.time.Instant;

/**
 * Something said to the run as a whole that ended it.
 *
 * @param verdict CANCELLED, TIMED_OUT or REFUSED
 * @param paragraph why, for the user
 */
public record Interruption(Verdict verdict, String paragraph, Instant at) {}
