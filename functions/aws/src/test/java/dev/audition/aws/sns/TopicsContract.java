package dev.audition.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What {@link Topics} is to a service that speaks SNS. */
public abstract class TopicsContract {
  private final SnsClient account;
  private final SqsClient queues;
  private final Topics topics;

  /** Ask where this access leads to. */
  protected TopicsContract(AwsAccess access) {
    this.account = access.client(SnsClient.builder());
    this.queues = access.client(SqsClient.builder());
    this.topics = new Topics(access);
  }

  @Test
  void aSubscriberGetsMessageSubjectAndAttributes() {
    String topic = account.createTopic(r -> r.name("verdicts")).topicArn();
    String queue = queues.createQueue(r -> r.queueName("verdicts")).queueUrl();
    String arn =
        queues
            .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    account.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(arn));
    String id =
        topics.publish(
            topic,
            "payments: FAILED\nüber " + "x".repeat(200),
            "{\"a\": 1}",
            Map.of("v", "FAILED"));
    String body =
        queues
            .receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(10))
            .messages()
            .getFirst()
            .body();
    assertThat(id).isNotEmpty();
    assertThat(body)
        .contains("payments: FAILED ber xxx", "{\\\"a\\\": 1}", "FAILED", id)
        .doesNotContain("\\n");
  }

  @Test
  void aTopicThatIsNotThereIsNotTriedAgain() {
    String gone = "arn:aws:sns:eu-central-1:123456789012:gone";
    assertThatThrownBy(() -> topics.publish(gone, "", "anybody?", Map.of()))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isFalse())
        .satisfies(e -> assertThat(e).hasMessageContaining(gone));
  }
}
