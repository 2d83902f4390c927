package dev.audition.aws.hooks;

import dev.audition.aws.CloudException;
import dev.audition.core.run.HookKey;
import dev.audition.core.run.HookLetter;
import dev.audition.core.run.HookService;
import dev.audition.core.run.port.HookQueue;
import dev.audition.core.run.port.RuntimeUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** The queue of hooks: what goes into it, and what becomes of what comes out. */
public final class HookLetters implements HookQueue {
  /** Puts a message into the queue. */
  @FunctionalInterface
  public interface Sending {
    /** Send one that is to be received after a delay, of at most 15 minutes. */
    void send(String body, Duration delay);
  }

  private final Sending queue;

  /** Make one. */
  public HookLetters(Sending queue) {
    this.queue = queue;
  }

  @Override
  public void enqueue(HookKey key) {
    try {
      queue.send(HookLetter.first(key).write(), Duration.ZERO);
    } catch (CloudException e) {
      throw new RuntimeUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Send what a message names. What is to be tried again goes into the queue anew, with its delay;
   * what is given up stays in the queue, so that it ends with the dead letters.
   *
   * @param received how often the queue has given this message, this time included
   * @return whether the message is done with
   */
  public boolean handle(String body, int received, HookService service) {
    Optional<HookLetter> letter = HookLetter.read(body);
    if (letter.isEmpty()) {
      return false;
    }
    HookService.Result result =
        service.deliver(letter.get().key(), letter.get().attempt(), received > 1);
    return switch (result) {
      case HookService.Result.Done _ -> true;
      case HookService.Result.Again again -> {
        queue.send(letter.get().next().write(), again.after());
        yield true;
      }
      case HookService.Result.GivenUp _ -> false;
    };
  }
}
