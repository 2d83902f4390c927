package dev.audition.aws.testkit;

import dev.audition.aws.AwsAccess;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ElasticMQ. */
public final class LocalQueues {
  private static final URI ENDPOINT = started();

  private LocalQueues() {}

  /**
   * A queue and the one its messages go to after a few receipts.
   *
   * @param url of the queue
   * @param deadLetterUrl of the other
   */
  public record Pair(String url, String deadLetterUrl) {}

  /** Return where it is. */
  public static URI endpoint() {
    return ENDPOINT;
  }

  /** Return access to it. */
  public static AwsAccess access() {
    return LocalAccess.at(ENDPOINT);
  }

  /** Make an empty queue and return its URL. */
  public static String queue() {
    try (SqsClient client = access().client(SqsClient.builder())) {
      return client.createQueue(request -> request.queueName(name("audition"))).queueUrl();
    }
  }

  /**
   * Make a queue with a dead-letter queue.
   *
   * @param receipts after which a message is moved
   */
  public static Pair pair(int receipts) {
    return pair(access(), receipts);
  }

  /**
   * Make a queue with a dead-letter queue where this access leads to.
   *
   * @param receipts after which a message is moved
   */
  public static Pair pair(AwsAccess access, int receipts) {
    return pair(access, "audition", receipts);
  }

  /**
   * Make a queue with a dead-letter queue where this access leads to.
   *
   * @param name what their names begin with
   * @param receipts after which a message is moved
   */
  public static Pair pair(AwsAccess access, String name, int receipts) {
    try (SqsClient client = access.client(SqsClient.builder())) {
      String dead =
          client.createQueue(request -> request.queueName(name(name + "-dead"))).queueUrl();
      String arn =
          client
              .getQueueAttributes(
                  r -> r.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      String policy =
          "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(arn, receipts);
      String url =
          client
              .createQueue(
                  r ->
                      r.queueName(name(name))
                          .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
              .queueUrl();
      return new Pair(url, dead);
    }
  }

  private static String name(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  private static URI started() {
    int port = Ports.free();
    SQSRestServer server =
        SQSRestServerBuilder.withInterface("127.0.0.1")
            .withPort(port)
            .withAWSRegion(LocalAccess.REGION)
            .start();
    server.waitUntilStarted();
    return Ports.address("127.0.0.1", port);
  }
}
