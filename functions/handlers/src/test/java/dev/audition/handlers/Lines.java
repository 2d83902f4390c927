package dev.audition.handlers;

import dev.audition.core.testkit.ManualClock;
import dev.audition.handlers.log.Log;
import dev.audition.handlers.log.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps what functions log and measure. */
final class Lines {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  final Log log;
  final Metrics metrics;

  Lines(ManualClock clock) {
    log = Log.to(out, clock);
    metrics = new Metrics(out, clock, "audition");
  }

  /** Return all lines so far. */
  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
