package dev.audition.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.local.process.Program.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void outputErrorsAndExitCodeAreTold() {
    assertThat(Program.of("sh", "-c", "cat; echo no >&2; exit 3").withInput("in").ask(LONG))
        .isEqualTo(new Answer.Ended(3, "in", "no\n"));
  }

  @Test
  void aProgramThatIsNotThereIsNotStarted() {
    assertThat(Program.of("audition-no-such-program").ask(LONG))
        .isInstanceOf(Answer.NotStarted.class);
  }

  @Test
  void aProgramThatHangsIsKilledWithItsChildren() {
    Duration limit = Duration.ofMillis(200);
    long before = System.nanoTime();

    assertThat(Program.of("sh", "-c", "sleep 60; true").ask(limit))
        .isEqualTo(new Answer.TimedOut(limit));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aChildThatHoldsTheOutputOpenIsNotWaitedFor() {
    long before = System.nanoTime();

    Program.of("sh", "-c", "sleep 8 & exit 0").ask(Duration.ofMillis(300));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void moreOutputThanAPipeHoldsDoesNotStopIt() {
    Answer answer = Program.of("sh", "-c", "yes | head -c 3000000").ask(LONG);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Ended.class,
            ended -> {
              assertThat(ended.exitCode()).isZero();
              assertThat(ended.output()).hasSize(1 << 20);
            });
  }

  @Test
  void variablesAreSetAndTakenAway() {
    Program program = Program.of("sh", "-c", "echo \"$MINE ${HOME:-none}\"");

    assertThat(program.with("MINE", "yes").without("HOME").ask(LONG))
        .isEqualTo(new Answer.Ended(0, "yes none\n", ""));
  }
}
