package dev.audition.aws.hooks;

import java.time.Duration;

/**
 * What a post may cost.
 *
 * @param time in all, from the name's look-up to the answer
 * @param answerBytes the most of an answer that is read
 */
public record PostLimits(Duration time, int answerBytes) {
  /** Ten seconds and 64 KiB. */
  public static final PostLimits DEFAULT = new PostLimits(Duration.ofSeconds(10), 64 * 1024);
}
