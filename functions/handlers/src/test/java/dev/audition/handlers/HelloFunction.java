package dev.audition.handlers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The least a function can be: what a cold start costs whatever is in it. */
public final class HelloFunction {
  /** Answer. */
  public void handleRequest(InputStream input, OutputStream output) throws IOException {
    output.write("\"hello\"".getBytes(StandardCharsets.UTF_8));
  }
}
