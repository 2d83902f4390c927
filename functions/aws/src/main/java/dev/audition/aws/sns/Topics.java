package dev.audition.aws.sns;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Publishes to topics. */
public final class Topics {
  /** What SNS takes for a subject: it becomes the header line of a mail. */
  private static final int LONGEST_SUBJECT = 99;

  private final SnsClient client;

  /** Make one. */
  public Topics(AwsAccess access) {
    this.client = access.client(SnsClient.builder());
  }

  /**
   * Publish a message.
   *
   * @param subject for mails; what a header line cannot hold is left out
   * @param attributes that subscriptions can filter by; a value must not be empty
   * @return the message's id
   */
  public String publish(
      String topicArn, String subject, String message, Map<String, String> attributes) {
    Map<String, MessageAttributeValue> values =
        attributes.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getValue())));
    String line = line(subject);
    try {
      return client
          .publish(
              request -> {
                request.topicArn(topicArn).message(message).messageAttributes(values);
                if (!line.isEmpty()) {
                  request.subject(line);
                }
              })
          .messageId();
    } catch (SdkException e) {
      throw CloudException.of("publish to " + topicArn, e);
    }
  }

  private static MessageAttributeValue value(String text) {
    return MessageAttributeValue.builder().dataType("String").stringValue(text).build();
  }

  private static String line(String subject) {
    String line = subject.replaceAll("[^\\x20-\\x7E]+", " ").strip();
    return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) : line;
  }
}
