package dev.audition.core.run.port;

import dev.audition.core.run.HookKey;

/** Takes notifications on their way; whoever takes them from it sends what is true by then. */
@FunctionalInterface
public interface HookQueue {
  /**
   * Put a delivery into the queue; twice does no harm, the receiver knows it by its id.
   *
   * @throws RuntimeUnavailableException if it is not known whether the queue has it
   */
  void enqueue(HookKey key);
}
