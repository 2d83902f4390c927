package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ExpectedExitsTest {
  private final ExpectedExits exits = new ExpectedExits();

  @Test
  void anEndThatIsToldAfterALaterOneOfAnotherContainerCounts() {
    ContainerExit first = exits.expect("first");
    ContainerExit second = exits.expect("second");

    exits.take("second", "die", "0", 2_000);
    exits.take("first", "die", "3", 1_000);

    assertThat(second.await()).isZero();
    assertThat(first.ended()).isTrue();
    assertThat(first.await()).isEqualTo(3);
  }

  @Test
  void whatIsToldAgainDoesNotEndTheNextStart() {
    ContainerExit first = exits.expect("web");
    exits.take("web", "die", "1", 1_000);
    ContainerExit again = exits.expect("web");

    exits.take("web", "die", "1", 1_000);
    assertThat(first.await()).isEqualTo(1);
    assertThat(again.ended()).isFalse();

    exits.take("web", "die", "0", 1_500);
    assertThat(again.await()).isZero();
  }

  @Test
  void memoryThatRanOutIsToldBesideTheEnd() {
    ContainerExit exit = exits.expect("web");
    exits.take("web", "die", "137", 1_000);
    exits.take("web", "oom", null, 900);

    assertThat(exit.await()).isEqualTo(137);
    assertThat(exit.outOfMemoryWithin(Duration.ZERO)).isTrue();
  }

  @Test
  void whatNobodyWaitsForIsIgnored() {
    ContainerExit exit = exits.expect("web");
    exits.forget("web");
    exits.take("web", "die", "0", 1_000);
    assertThat(exit.ended()).isFalse();
  }
}
