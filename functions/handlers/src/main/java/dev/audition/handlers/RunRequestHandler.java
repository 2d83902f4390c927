package dev.audition.handlers;

import dev.audition.handlers.RunRequests.Taken;
import dev.audition.handlers.SqsBatch.Message;
import dev.audition.handlers.log.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/**
 * Takes run requests from their queue. What cannot be read goes to the dead letters with the
 * reason; a run that is refused is stored, and its message has done its work.
 */
public final class RunRequestHandler {
  /**
   * How long a message stays away that was not handled for the first and for the second time: what
   * was wrong may have passed, as where a cancel overtook its run. After that as long as the queue
   * says.
   */
  private static final List<Duration> SOON = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1));

  private final Wiring wiring;

  /** Make one in a function. */
  public RunRequestHandler() {
    this(Wiring.ofFunction());
  }

  RunRequestHandler(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Handle a batch. */
  public void handleRequest(InputStream input, OutputStream output) throws IOException {
    wiring.begins();
    SqsBatch batch = SqsBatch.read(input);
    SqsBatch.answer(output, wiring.batches().each(batch, this::take, this::hurry));
  }

  private void hurry(Message message) {
    if (message.received() <= SOON.size()) {
      wiring.bringBack(message, SOON.get(message.received() - 1));
    }
  }

  private void take(Message message) {
    switch (wiring.runRequests().take(message.body())) {
      case Taken.Stored stored ->
          wiring.log().of(stored.run()).with("messageId", message.id()).info("request taken");
      case Taken.Cancelled cancelled ->
          wiring.log().of(cancelled.run()).with("messageId", message.id()).info("cancel taken");
      case Taken.Unreadable unreadable -> {
        wiring.deadRunRequests().bury(message, unreadable.reasons());
        wiring.metrics().count(Metrics.UNREADABLE_MESSAGES, 1);
        wiring
            .log()
            .with("messageId", message.id())
            .warn("no run request, moved to the dead letters: " + unreadable.reasons());
      }
    }
  }
}
