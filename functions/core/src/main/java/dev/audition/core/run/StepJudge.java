package dev.audition.core.run;

import dev.audition.core.verdict.Blame;
import dev.audition.core.verdict.CandidateOutcome;
import dev.audition.core.verdict.CandidateOutcome.Exited;
import dev.audition.core.verdict.CandidateOutcome.Lost;
import dev.audition.core.verdict.CandidateOutcome.NeverStarted;
import dev.audition.core.verdict.CandidateOutcome.OutOfMemory;
import dev.audition.core.verdict.CandidateOutcome.Signalled;
import dev.audition.core.verdict.CandidateOutcome.Stopped;
import dev.audition.core.verdict.CandidateOutcome.Unhealthy;
import dev.audition.core.verdict.Verdict;
import dev.audition.core.verdict.VerdictRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says from the evidence of a step's tasks whether it has ended, and how. */
final class StepJudge {
  /** What the evidence comes to. */
  sealed interface Judgement {
    /** Something that decides is still to come. */
    record Open() implements Judgement {}

    /** The verdict, with what it rests on. */
    record Decided(Verdict verdict, List<Finding> findings) implements Judgement {}

    /**
     * The verdict would be ERRORED, no candidate has run, and another try may go well.
     *
     * @param findings those that say so
     */
    record Retry(List<Finding> findings) implements Judgement {}
  }

  private StepJudge() {}

  /** Judge a step; its own deadline and everything said to the run are none of its business. */
  static Judgement judge(StepState step, Instant now) {
    List<Finding> findings = findings(step, now);
    List<Verdict> verdicts = new ArrayList<>();
    boolean open = findings.isEmpty();
    boolean decided = false;
    for (Finding finding : findings) {
      CandidateOutcome outcome = finding.outcome();
      if (outcome == null) {
        open = true;
      } else {
        verdicts.add(VerdictRule.of(outcome));
        decided |= endsAtOnce(outcome);
      }
    }
    if (open && !decided) {
      return new Judgement.Open();
    }
    Verdict verdict = VerdictRule.across(verdicts);
    if (verdict == Verdict.ERRORED && !step.candidateStarted()) {
      List<Finding> passing = findings.stream().filter(StepJudge::mayPass).toList();
      if (passing.size() == findings.size()) {
        return new Judgement.Retry(passing);
      }
    }
    return new Judgement.Decided(verdict, findings);
  }

  /** Return what is known of every candidate, in the order of the tasks. */
  static List<Finding> findings(StepState step, Instant now) {
    return step.tasks().stream()
        .flatMap(
            task ->
                task.containers().stream()
                    .filter(ContainerShape::candidate)
                    .map(candidate -> Finding.of(task, candidate, now)))
        .toList();
  }

  /**
   * Whether an outcome settles the verdict whatever the others do: a candidate that the composition
   * keeps from running. A cause outside of the composition does not, because another candidate may
   * still fail, and FAILED is stronger: ending at once would make the verdict a matter of luck.
   */
  private static boolean endsAtOnce(CandidateOutcome outcome) {
    return switch (outcome) {
      case NeverStarted never -> never.blame() == Blame.COMPOSITION;
      case Unhealthy _ -> true;
      case Exited _, Signalled _, OutOfMemory _, Lost _, Stopped _ -> false;
    };
  }

  private static boolean mayPass(Finding finding) {
    return switch (finding.outcome()) {
      case null -> false;
      case NeverStarted never -> never.blame().retryable();
      case Lost lost -> lost.blame().retryable();
      case Exited _, Signalled _, OutOfMemory _, Unhealthy _, Stopped _ -> false;
    };
  }
}
