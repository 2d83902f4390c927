package dev.audition.core.run.port;

import dev.audition.core.run.HookMessage;

/** Sends notifications to whoever is named in a file. */
@FunctionalInterface
public interface HookSender {
  /** What came of it, in words for the user that hold nothing secret. */
  sealed interface Answer {
    /** Return what the receiver said, or why it was not reached. */
    String detail();

    /** The receiver took it. */
    record Taken(String detail) implements Answer {}

    /** Not this time: no connection, no answer in time, or one that asks for patience. */
    record NotNow(String detail) implements Answer {}

    /** Never as it is: the address is not allowed, the receiver does not know it. */
    record Refused(String detail) implements Answer {}
  }

  /** Send one message, within ten seconds or so; never throws for what the world does. */
  Answer send(HookMessage message);
}
