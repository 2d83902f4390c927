package dev.audition.aws.hooks;

/** What came of a post. */
public sealed interface PostOutcome {
  /**
   * Somebody answered.
   *
   * @param status the status code
   * @param words the first line of the answer where it is no success, shortened; may be empty
   */
  record Answered(int status, String words) implements PostOutcome {}

  /** The address must not be posted to; nothing was sent. */
  record Forbidden(String reason) implements PostOutcome {}

  /** Nobody answered, or not in a way that can be understood. */
  record Failed(String reason) implements PostOutcome {}
}
