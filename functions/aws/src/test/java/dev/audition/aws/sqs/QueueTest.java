package dev.audition.aws.sqs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.testkit.LocalQueues;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QueueTest extends QueueContract {
  QueueTest() {
    super(LocalQueues.access());
  }

  @Test
  void whatSqsWouldRefuseIsRefusedHere() {
    assertThatThrownBy(() -> OutgoingMessage.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OutgoingMessage("x", "", Duration.ofMinutes(16)))
        .hasMessageContaining("delay");
  }
}
