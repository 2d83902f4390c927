package dev.audition.handlers;

import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Once a minute looks after everything that nobody has told of. */
public final class SweepHandler {
  /** What is left is for what must not wait for another sweep, and for what was begun. */
  private static final Duration CHECKS_FOR = Duration.ofSeconds(12);

  private final Wiring wiring;

  /** Make one in a function. */
  public SweepHandler() {
    this(Wiring.ofFunction());
  }

  SweepHandler(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Sweep; what the event says does not matter. */
  public void handleRequest(InputStream input, OutputStream output) throws IOException {
    wiring.begins();
    Sweep.Result result = wiring.sweep().sweep(wiring.clock().instant().plus(CHECKS_FOR));
    String answer =
        JsonWriter.write(
            Tree.mapping()
                .putNumber("checked", result.checked())
                .putNumber("failed", result.failed())
                .putNumber("strays", result.strays())
                .build());
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
