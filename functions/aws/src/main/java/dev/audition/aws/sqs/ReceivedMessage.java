package dev.audition.aws.sqs;

import java.util.Map;

/**
 * A message as it was received.
 *
 * @param receiptHandle what this receipt of it is known by
 * @param groupId whose it is; empty for nobody's
 * @param receipts how often it was received, this time included
 * @param attributes that its sender put beside the body, by name
 */
public record ReceivedMessage(
    String id,
    String receiptHandle,
    String body,
    String groupId,
    int receipts,
    Map<String, String> attributes) {
  public ReceivedMessage {
    attributes = Map.copyOf(attributes);
  }
}
