package dev.audition.handlers;

import dev.audition.handlers.SqsBatch.Message;

/** Delivers notifications: the place where the hooks of runs are wired to their function. */
@FunctionalInterface
interface HookDeliveries {
  /**
   * Deliver one message of the queue; returning means that it has done its work.
   *
   * @throws dev.audition.core.run.port.RuntimeUnavailableException if it is to come back
   */
  void deliver(Message message);
}
