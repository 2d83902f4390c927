package dev.audition.handlers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sends notifications that runs have put into their queue. */
public final class HookHandler {
  private final Wiring wiring;

  /** Make one in a function. */
  public HookHandler() {
    this(Wiring.ofFunction());
  }

  HookHandler(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Handle a batch. */
  public void handleRequest(InputStream input, OutputStream output) throws IOException {
    wiring.begins();
    SqsBatch batch = SqsBatch.read(input);
    HookDeliveries deliveries = wiring.hookDeliveries();
    SqsBatch.answer(output, wiring.batches().each(batch, deliveries::deliver));
  }
}
