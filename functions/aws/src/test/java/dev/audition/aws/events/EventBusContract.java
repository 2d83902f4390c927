package dev.audition.aws.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What {@link EventBus} is to a service that speaks EventBridge. */
public abstract class EventBusContract {
  private final EventBridgeClient account;
  private final SqsClient queues;
  private final EventBus bus;

  /** Ask where this access leads to. */
  protected EventBusContract(AwsAccess access) {
    this.account = access.client(EventBridgeClient.builder());
    this.queues = access.client(SqsClient.builder());
    this.bus = new EventBus(access);
  }

  @Test
  void aRuleSeesSourceTypeAndDetail() {
    account.createEventBus(r -> r.name("verdicts"));
    String queue = queues.createQueue(r -> r.queueName("events")).queueUrl();
    String arn =
        queues
            .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    account.putRule(
        r ->
            r.name("failed")
                .eventBusName("verdicts")
                .eventPattern(
                    "{\"source\": [\"audition\"], \"detail\": {\"verdict\": [\"FAILED\"]}}"));
    account.putTargets(
        r ->
            r.rule("failed")
                .eventBusName("verdicts")
                .targets(Target.builder().id("queue").arn(arn).build()));
    bus.put("verdicts", "audition", "Run Ended", "{\"verdict\": \"PASSED\"}");
    String id = bus.put("verdicts", "audition", "Run Ended", "{\"verdict\": \"FAILED\"}");
    List<Message> messages =
        queues
            .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(10))
            .messages();
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().body()).contains("Run Ended", "FAILED", id);
  }

  @Test
  void anEventThatIsRefusedIsATroubleOfItsOwn() {
    assertThatThrownBy(() -> bus.put("default", "audition", "Run Ended", "no JSON"))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isFalse())
        .satisfies(e -> assertThat(e.code()).isEqualTo("MalformedDetail"));
  }
}
