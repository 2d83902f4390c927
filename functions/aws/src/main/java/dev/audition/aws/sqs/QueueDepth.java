package dev.audition.aws.sqs;

/**
 * About how many messages a queue holds: SQS counts them now and then.
 *
 * @param waiting to be received
 * @param inFlight received, and neither deleted nor back yet
 * @param delayed not to be received yet
 */
public record QueueDepth(int waiting, int inFlight, int delayed) {
  /** Return all of them. */
  public int all() {
    return waiting + inFlight + delayed;
  }
}
