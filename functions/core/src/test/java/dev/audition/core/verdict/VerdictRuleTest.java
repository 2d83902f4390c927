package dev.audition.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.verdict.CandidateOutcome.Exited;
import dev.audition.core.verdict.CandidateOutcome.Lost;
import dev.audition.core.verdict.CandidateOutcome.NeverStarted;
import dev.audition.core.verdict.CandidateOutcome.OutOfMemory;
import dev.audition.core.verdict.CandidateOutcome.Signalled;
import dev.audition.core.verdict.CandidateOutcome.Stopped;
import dev.audition.core.verdict.CandidateOutcome.Unhealthy;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictRuleTest {
  @Test
  void anExitCodeSaysWhatItIs() {
    assertThat(VerdictRule.ofExit(0, false)).isEqualTo(new Exited(0));
    assertThat(VerdictRule.ofExit(7, false)).isEqualTo(new Exited(7));
    assertThat(VerdictRule.ofExit(127, false)).isEqualTo(new Exited(127));
    assertThat(VerdictRule.ofExit(128, false)).isEqualTo(new Exited(128));
    assertThat(VerdictRule.ofExit(137, false)).isEqualTo(new Signalled(9));
    assertThat(VerdictRule.ofExit(255, false)).isEqualTo(new Exited(255));
    assertThat(VerdictRule.ofExit(137, true)).isEqualTo(new OutOfMemory(137));
  }

  @Test
  void aChildThatWasKilledForMemoryDoesNotMakeAnExitOfZeroAFailure() {
    assertThat(VerdictRule.ofExit(0, true)).isEqualTo(new Exited(0));
  }

  @Test
  void outcomesHaveTheirVerdicts() {
    assertThat(VerdictRule.of(new Exited(0))).isEqualTo(Verdict.PASSED);
    assertThat(VerdictRule.of(new Exited(1))).isEqualTo(Verdict.FAILED);
    assertThat(VerdictRule.of(new Signalled(15))).isEqualTo(Verdict.FAILED);
    assertThat(VerdictRule.of(new OutOfMemory(137))).isEqualTo(Verdict.FAILED);
    assertThat(VerdictRule.of(new Unhealthy("no"))).isEqualTo(Verdict.FAILED);
    assertThat(VerdictRule.of(new NeverStarted("no", Blame.COMPOSITION))).isEqualTo(Verdict.FAILED);
    assertThat(VerdictRule.of(new NeverStarted("no", Blame.PASSING))).isEqualTo(Verdict.ERRORED);
    assertThat(VerdictRule.of(new Lost("no", Blame.OUTSIDE))).isEqualTo(Verdict.ERRORED);
    assertThat(VerdictRule.of(new Stopped("no", Verdict.TIMED_OUT))).isEqualTo(Verdict.TIMED_OUT);
  }

  @Test
  void theStrongestVerdictStands() {
    assertThat(VerdictRule.across(List.of(Verdict.PASSED, Verdict.ERRORED, Verdict.FAILED)))
        .isEqualTo(Verdict.FAILED);
    assertThat(VerdictRule.across(List.of(Verdict.FAILED, Verdict.TIMED_OUT)))
        .isEqualTo(Verdict.TIMED_OUT);
    assertThat(VerdictRule.across(List.of(Verdict.TIMED_OUT, Verdict.CANCELLED)))
        .isEqualTo(Verdict.CANCELLED);
    assertThat(VerdictRule.across(List.of(Verdict.PASSED, Verdict.ERRORED)))
        .isEqualTo(Verdict.ERRORED);
  }

  @Test
  void aPassIsNeverGuessed() {
    assertThatThrownBy(() -> VerdictRule.across(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
