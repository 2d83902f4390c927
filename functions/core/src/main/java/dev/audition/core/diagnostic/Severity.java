package dev.audition.core.diagnostic;

/** How much a {@link Diagnostic} matters. */
public enum Severity {
  /** Nothing is started while one of these stands: the input is refused. */
  REFUSAL,
  /**
   * A run cannot start without it, and a plan can be made: who decides, the value of a variable, a
   * file. Only plans have it; for a run the same is a {@link #REFUSAL}.
   */
  NEEDED,
  /** Something will differ from what the author may expect; the run goes on. */
  WARNING,
  /** Something worth knowing; nothing differs. */
  NOTE
}
