package dev.audition.core.run;

import dev.audition.core.hook.HookTarget;

/**
 * A notification, ready to be sent.
 *
 * @param subject one line of at most 100 printable ASCII characters
 * @param text a few lines for people
 * @param body one JSON document for programs; the same as long as the run says the same
 */
public record HookMessage(
    HookKey key, HookTarget target, String subject, String text, String body) {
  /** Return whether it is about a step rather than the run. */
  public boolean ofStep() {
    return key.step() > 0;
  }
}
