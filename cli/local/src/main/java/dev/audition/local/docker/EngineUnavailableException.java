package dev.audition.local.docker;

/** No engine can be reached; the words are for the user. */
public final class EngineUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String remedy;

  /**
   * Make one.
   *
   * @param reason what was tried and what came of it, without a final full stop
   * @param remedy what to do, a sentence
   */
  public EngineUnavailableException(String reason, String remedy) {
    super(reason + ". " + remedy);
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Make one that says the same, thrown where it is needed. */
  public EngineUnavailableException(EngineUnavailableException found) {
    super(found.getMessage(), found);
    this.reason = found.reason;
    this.remedy = found.remedy;
  }

  /** Return what was tried and what came of it. */
  public String reason() {
    return reason;
  }

  /** Return what to do. */
  public String remedy() {
    return remedy;
  }
}
