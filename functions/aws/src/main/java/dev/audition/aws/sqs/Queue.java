package dev.audition.aws.sqs;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue. What SQS refuses, or does not answer, is a {@link CloudException}. */
public final class Queue {
  /** Attribute of a message in a dead-letter queue: why it is there. */
  public static final String REASON = "reason";

  private static final int LONGEST_REASON = 1_000;

  private final SqsClient client;
  private final String url;

  /** Make one of a queue's URL. */
  public Queue(AwsAccess access, String url) {
    this.client = access.client(SqsClient.builder());
    this.url = url;
  }

  /** Send a message. */
  public void send(String body, String groupId, Duration delay) {
    send(new OutgoingMessage(body, groupId, delay), Map.of());
  }

  /** Send a message that can be received at once and is of nobody's group. */
  public void send(String body) {
    send(OutgoingMessage.of(body), Map.of());
  }

  private void send(OutgoingMessage message, Map<String, MessageAttributeValue> attributes) {
    try {
      client.sendMessage(
          request -> {
            request.queueUrl(url).messageBody(message.body()).messageAttributes(attributes);
            if (!message.groupId().isEmpty()) {
              request.messageGroupId(message.groupId());
            }
            if (!message.delay().isZero()) {
              request.delaySeconds(seconds(message.delay()));
            }
          });
    } catch (SdkException e) {
      throw CloudException.of("send to " + name(), e);
    }
  }

  /**
   * Receive messages.
   *
   * @param most at most 10
   * @param wait how long to wait for the first one, at most 20 s
   */
  public List<ReceivedMessage> receive(int most, Duration wait) {
    try {
      return client
          .receiveMessage(
              request ->
                  request
                      .queueUrl(url)
                      .maxNumberOfMessages(most)
                      .waitTimeSeconds(seconds(wait))
                      .messageSystemAttributeNames(
                          MessageSystemAttributeName.MESSAGE_GROUP_ID,
                          MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                      .messageAttributeNames("All"))
          .messages()
          .stream()
          .map(Queue::received)
          .toList();
    } catch (SdkException e) {
      throw CloudException.of("receive from " + name(), e);
    }
  }

  private static ReceivedMessage received(Message message) {
    Map<String, String> attributes = new HashMap<>();
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              if (value.stringValue() != null) {
                attributes.put(name, value.stringValue());
              }
            });
    Map<MessageSystemAttributeName, String> system = message.attributes();
    return new ReceivedMessage(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        system.getOrDefault(MessageSystemAttributeName.MESSAGE_GROUP_ID, ""),
        Integer.parseInt(
            system.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")),
        attributes);
  }

  /** Return about how many messages it holds. */
  public QueueDepth depth() {
    try {
      Map<QueueAttributeName, String> counts =
          client
              .getQueueAttributes(
                  request ->
                      request
                          .queueUrl(url)
                          .attributeNames(
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
              .attributes();
      return new QueueDepth(
          count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
          count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
          count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    } catch (SdkException e) {
      throw CloudException.of("count the messages of " + name(), e);
    }
  }

  private static int count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
    return Integer.parseInt(counts.getOrDefault(name, "0"));
  }

  /** Remove a message that is done with. */
  public void delete(String receiptHandle) {
    try {
      client.deleteMessage(request -> request.queueUrl(url).receiptHandle(receiptHandle));
    } catch (SdkException e) {
      throw CloudException.of("delete from " + name(), e);
    }
  }

  /** Let a message that was received come back after a time from now; at most 12 hours. */
  public void changeVisibility(String receiptHandle, Duration from) {
    try {
      client.changeMessageVisibility(
          request ->
              request.queueUrl(url).receiptHandle(receiptHandle).visibilityTimeout(seconds(from)));
    } catch (SdkException e) {
      throw CloudException.of("keep back a message of " + name(), e);
    }
  }

  /**
   * Park a message that can never be handled: send it to a dead-letter queue with the reason, then
   * remove it here. Should only the first be done, it comes back and is parked twice: never lost.
   */
  public void park(ReceivedMessage message, Queue deadLetters, String reason) {
    deadLetters.send(
        new OutgoingMessage(message.body(), message.groupId(), Duration.ZERO),
        Map.of(REASON, text(printable(reason))));
    delete(message.receiptHandle());
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  /** SQS refuses control characters and empty values. */
  private static String printable(String reason) {
    String words = reason.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]+", " ").strip();
    if (words.isEmpty()) {
      return "unknown";
    }
    return words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) : words;
  }

  private String name() {
    return "queue " + url.substring(url.lastIndexOf('/') + 1);
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.plusMillis(999).toSeconds());
  }
}
