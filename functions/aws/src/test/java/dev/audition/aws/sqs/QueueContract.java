package dev.audition.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.testkit.LocalQueues;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Queue} is to a service that speaks SQS. */
public abstract class QueueContract {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final AwsAccess access;
  private final LocalQueues.Pair urls;
  private final Queue queue;
  private final Queue deadLetters;

  /** Make queues where this access leads to. */
  protected QueueContract(AwsAccess access) {
    this.access = access;
    this.urls = LocalQueues.pair(access, 3);
    this.queue = new Queue(access, urls.url());
    this.deadLetters = new Queue(access, urls.deadLetterUrl());
  }

  private static ReceivedMessage one(Queue queue) {
    List<ReceivedMessage> received = queue.receive(1, WAIT);
    assertThat(received).hasSize(1);
    return received.getFirst();
  }

  private static boolean empty(Queue queue) {
    return queue.receive(1, Duration.ZERO).isEmpty();
  }

  @Test
  void whatIsSentIsReceivedUntilItIsDeleted() {
    queue.send("{\"project\": \"städte\"}");
    ReceivedMessage message = one(queue);
    assertThat(message.body()).isEqualTo("{\"project\": \"städte\"}");
    assertThat(message.receipts()).isEqualTo(1);
    queue.delete(message.receiptHandle());
    assertThat(empty(queue)).isTrue();
  }

  @Test
  void itCountsWhatWaitsWhatIsBeingTakenAndWhatIsDelayed() {
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
    queue.send("first");
    queue.send("second");
    queue.send("later", "", Duration.ofMinutes(5));
    var _ = one(queue);
    assertThat(queue.depth()).isEqualTo(new QueueDepth(1, 1, 1));
    assertThat(queue.depth().all()).isEqualTo(3);
  }

  @Test
  void aMessageIsOfItsGroup() {
    queue.send("for payments", "payments", Duration.ZERO);
    assertThat(one(queue).groupId()).isEqualTo("payments");
  }

  @Test
  void aDelayedMessageIsNotReceivedYet() {
    queue.send("later", "", Duration.ofMillis(1001));
    assertThat(empty(queue)).isTrue();
    assertThat(one(queue).body()).isEqualTo("later");
  }

  @Test
  void aMessageThatIsKeptBackForNoTimeComesBackAtOnce() {
    queue.send("again");
    ReceivedMessage first = one(queue);
    assertThat(empty(queue)).isTrue();
    queue.changeVisibility(first.receiptHandle(), Duration.ZERO);
    assertThat(one(queue).receipts()).isEqualTo(2);
  }

  @Test
  void aParkedMessageIsInTheDeadLetterQueueWithItsReasonAndNoMoreHere() {
    queue.send("{not json", "payments", Duration.ZERO);
    queue.park(one(queue), deadLetters, "not JSON: line 1\n\u0000unexpected n");
    ReceivedMessage parked = one(deadLetters);
    assertThat(parked.body()).isEqualTo("{not json");
    assertThat(parked.groupId()).isEqualTo("payments");
    assertThat(parked.attributes()).containsEntry(Queue.REASON, "not JSON: line 1 unexpected n");
    assertThat(empty(queue)).isTrue();
  }

  @Test
  void aMessageReceivedTooOftenGoesToTheDeadLetterQueueByItself() {
    queue.send("poison");
    for (int i = 0; i < 3; i++) {
      queue.changeVisibility(one(queue).receiptHandle(), Duration.ZERO);
    }
    assertThat(empty(queue)).isTrue();
    assertThat(one(deadLetters).body()).isEqualTo("poison");
  }

  @Test
  void aQueueThatIsNotThereIsNotTriedAgain() {
    Queue gone = new Queue(access, urls.url().replaceFirst("[^/]+$", "gone"));
    assertThatThrownBy(() -> gone.send("anybody?"))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isFalse())
        .satisfies(e -> assertThat(e).hasMessageContaining("queue gone"));
  }
}
