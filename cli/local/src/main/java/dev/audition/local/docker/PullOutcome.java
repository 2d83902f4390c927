package dev.audition.local.docker;

/** What came of asking for an image. */
public sealed interface PullOutcome {
  /** The engine had it already; no registry was asked. */
  record Present() implements PullOutcome {}

  /** It was pulled. */
  record Pulled() implements PullOutcome {}

  /**
   * It could not be had.
   *
   * @param reason as ECS words it: {@code CannotPullContainerError: IMAGE: the registry's own
   *     words}
   * @param cause whose trouble it is
   */
  record Failed(String reason, PullFailure cause) implements PullOutcome {}

  /** Whose trouble a failed pull is. */
  enum PullFailure {
    /** There is no such image, or it is not for us: the composition names it wrongly. */
    NO_SUCH_IMAGE,
    /** The registry did not answer, or not now. */
    REGISTRY,
    /** The engine did not answer, or had no room. */
    ENGINE
  }
}
