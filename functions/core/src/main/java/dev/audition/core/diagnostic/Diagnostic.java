package dev.audition.core.diagnostic;

import org.jspecify.annotations.Nullable;

/**
 * One thing to tell the author of an input.
 *
 * @param location where; null if no file is to blame (a flag, the caller's environment)
 * @param path the key's path inside the document, such as {@code services.db.ports[1]}; empty if
 *     there is none
 * @param message what is wrong and why, without a final full stop
 * @param remedy what to do, a sentence; empty if the message says it
 */
public record Diagnostic(
    Severity severity,
    Category category,
    @Nullable SourceLocation location,
    String path,
    String message,
    String remedy) {

  /** Return whether nothing may be started while this stands. */
  public boolean refuses() {
    return severity == Severity.REFUSAL;
  }

  /** Render as {@code file:line:column: path: message. remedy} on one line. */
  public String render() {
    StringBuilder line = new StringBuilder();
    if (location != null) {
      line.append(location).append(": ");
    }
    if (!path.isEmpty()) {
      line.append(path).append(": ");
    }
    line.append(message);
    if (!remedy.isEmpty()) {
      line.append(". ").append(remedy);
    }
    return line.toString();
  }
}
