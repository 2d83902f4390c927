package dev.audition.aws.sqs;

import java.time.Duration;

/**
 * A message to be sent.
 *
 * @param groupId whose it is: a standard queue serves groups fairly; empty for none
 * @param delay before anybody can receive it, at most 15 minutes; a part of a second counts as one
 */
public record OutgoingMessage(String body, String groupId, Duration delay) {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  public OutgoingMessage {
    if (body.isEmpty()) {
      throw new IllegalArgumentException("body: empty (expected: text)");
    }
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("delay: %s (expected: 0 to 15 min)".formatted(delay));
    }
  }

  /** Make a message of nobody's group that can be received at once. */
  public static OutgoingMessage of(String body) {
    return new OutgoingMessage(body, "", Duration.ZERO);
  }
}
