package dev.audition.core.verdict;

import dev.audition.core.verdict.CandidateOutcome.Exited;
import dev.audition.core.verdict.CandidateOutcome.Lost;
import dev.audition.core.verdict.CandidateOutcome.NeverStarted;
import dev.audition.core.verdict.CandidateOutcome.OutOfMemory;
import dev.audition.core.verdict.CandidateOutcome.Signalled;
import dev.audition.core.verdict.CandidateOutcome.Stopped;
import dev.audition.core.verdict.CandidateOutcome.Unhealthy;
import java.util.Collection;
import java.util.List;

/** From outcomes to a verdict. */
public final class VerdictRule {
  /** The strongest first. PASSED needs every candidate, so it is last. */
  private static final List<Verdict> STRENGTH =
      List.of(
          Verdict.CANCELLED,
          Verdict.TIMED_OUT,
          Verdict.FAILED,
          Verdict.ERRORED,
          Verdict.REFUSED,
          Verdict.SKIPPED,
          Verdict.PASSED);

  /** POSIX shells and container engines report the death by a signal as 128 + its number. */
  private static final int SIGNAL_BASE = 128;

  private static final int LAST_SIGNAL = 64;

  private VerdictRule() {}

  /** Say what an exit code means that counts: the container ended by itself. */
  public static CandidateOutcome ofExit(int exitCode, boolean outOfMemory) {
    if (outOfMemory && exitCode != 0) {
      return new OutOfMemory(exitCode);
    }
    if (exitCode > SIGNAL_BASE && exitCode <= SIGNAL_BASE + LAST_SIGNAL) {
      return new Signalled(exitCode - SIGNAL_BASE);
    }
    return new Exited(exitCode);
  }

  /** Return what one candidate's outcome alone would come to. */
  public static Verdict of(CandidateOutcome outcome) {
    return switch (outcome) {
      case Exited exited -> exited.exitCode() == 0 ? Verdict.PASSED : Verdict.FAILED;
      case Signalled _, OutOfMemory _, Unhealthy _ -> Verdict.FAILED;
      case NeverStarted never -> never.blame().verdict();
      case Lost lost -> lost.blame().verdict();
      case Stopped stopped -> stopped.because();
    };
  }

  /**
   * Return the verdict across several: the strongest.
   *
   * @throws IllegalArgumentException if there is none; PASSED is never guessed
   */
  public static Verdict across(Collection<Verdict> verdicts) {
    return STRENGTH.stream()
        .filter(verdicts::contains)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("verdicts: none (expected: at least one)"));
  }
}
