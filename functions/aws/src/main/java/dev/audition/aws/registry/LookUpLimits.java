package dev.audition.aws.registry;

import java.time.Duration;

/**
 * What looking up images may cost.
 *
 * @param plan for all images of one plan together
 * @param image for one image, from the look-up of the registry's name to the last byte
 */
record LookUpLimits(Duration plan, Duration image) {
  /** A function has a minute, and more to do in it. */
  static final LookUpLimits DEFAULT =
      new LookUpLimits(Duration.ofSeconds(15), Duration.ofSeconds(10));
}
