package dev.audition.handlers;

import dev.audition.handlers.SqsBatch.Message;

/** Takes messages that nobody can do anything with, for people to look at. */
@FunctionalInterface
interface DeadLetters {
  /** Put a message there, with why; the caller lets it be deleted where it was. */
  void bury(Message message, String reason);
}
