package dev.audition.handlers;

import dev.audition.aws.CloudException;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.handlers.SqsBatch.Message;
import dev.audition.handlers.log.Log;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Handles the messages of a batch apart from one another. A message that is not handled comes back;
 * after the queue's number of receipts it lies among the dead letters, and the log says why. One
 * that nobody can read goes there at once.
 */
record Batches(Log log, Invocation invocation) {
  /** Handle each message; return the ids of those that must come back. */
  List<String> each(SqsBatch batch, Consumer<Message> work) {
    return grouped(
        batch,
        Message::id,
        (_, messages) -> messages.forEach(work),
        (message, reason) -> {
          throw new IllegalStateException("message: %s (%s)".formatted(message.id(), reason));
        });
  }

  /**
   * Handle each message.
   *
   * @param hurry is told of those that must come back, so that they need not wait as long as a
   *     message whose function died; should that fail, they just come later
   * @return the ids of those that must come back
   */
  List<String> each(SqsBatch batch, Consumer<Message> work, Consumer<Message> hurry) {
    List<String> failed = each(batch, work);
    for (Message message : batch.messages()) {
      if (failed.contains(message.id())) {
        try {
          hurry.accept(message);
        } catch (CloudException e) {
          log.with("messageId", message.id()).warn("comes back later: " + e.getMessage());
        }
      }
    }
    return failed;
  }

  /**
   * Handle messages that belong together at once.
   *
   * @param key what they have in common; messages of the empty key are done with
   * @param unreadable takes those whose key cannot be told
   * @return the ids of those that must come back, those for which there was no time among them
   */
  List<String> grouped(
      SqsBatch batch,
      Function<Message, String> key,
      BiConsumer<String, List<Message>> work,
      DeadLetters unreadable) {
    List<String> failed = new ArrayList<>();
    Map<String, List<Message>> groups = new LinkedHashMap<>();
    for (Message message : batch.messages()) {
      try {
        groups.computeIfAbsent(key.apply(message), _ -> new ArrayList<>()).add(message);
      } catch (IllegalArgumentException | MalformedJsonException e) {
        log.with("messageId", message.id()).error("a message cannot be read", e);
        if (!handled("", List.of(message), (_, _) -> unreadable.bury(message, reason(e)))) {
          failed.add(message.id());
        }
      }
    }
    groups.remove("");
    groups.forEach(
        (group, messages) -> {
          if (!invocation.hasTime()) {
            log.with("group", group).warn("comes back: this call has no time left for it");
            messages.forEach(message -> failed.add(message.id()));
          } else if (!handled(group, messages, work)) {
            messages.forEach(message -> failed.add(message.id()));
          }
        });
    return failed;
  }

  private static String reason(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The outermost place that sees a message: whatever breaks, the others go on. */
  private boolean handled(
      String group, List<Message> messages, BiConsumer<String, List<Message>> work) {
    Log about =
        log.with("group", group).with("received", Integer.toString(messages.getFirst().received()));
    try {
      work.accept(group, messages);
      return true;
    } catch (RuntimeUnavailableException e) {
      about.warn("comes back: " + e.getMessage());
    } catch (CloudException e) {
      if (e.retryable()) {
        about.warn("comes back: " + e.getMessage());
      } else {
        about.error("a service refuses", e);
      }
    } catch (RuntimeException e) {
      about.error("a fault", e);
    }
    return false;
  }
}
