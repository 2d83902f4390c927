package dev.audition.core.diagnostic;

/** How much a {@link Diagnostic} matters. */
public enum Severity {
  /** Nothing is started while one of these stands: the input is refused. */
  REFUSAL,
  /** Something will differ from what the author may expect; the run goes on. */
  WARNING,
  /** Something worth knowing; nothing differs. */
  NOTE
}
