package dev.audition.core.pipeline;

/** What becomes of each step of the pipelines in the corpus. */
final class ExpectedOutcomes {
  static final String PIPELINES =
      """
      """;

  private ExpectedOutcomes() {}
}
