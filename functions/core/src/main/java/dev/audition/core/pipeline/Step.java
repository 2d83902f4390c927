package dev.audition.core.pipeline;

import dev.audition.core.compose.BuildConfig;
import dev.audition.core.compose.Composition;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.List;

/** One entry of a pipeline. */
public sealed interface Step {
  /** Return the step's name, unique in the pipeline. */
  String name();

  /** Return where the step's name stands. */
  SourceLocation location();

  /** Return what the step says of its time and its failure. */
  StepOptions options();

  /**
   * Services and candidates. A freestyle step is one of these too: a candidate alone, or beside its
   * services. A bare compose file is a pipeline with one of these.
   *
   * @param composition candidates merged in
   * @param candidates names of services in the composition whose exit codes decide; empty only for
   *     a bare compose file that names none, which may be planned and not run
   */
  record CompositionStep(
      String name,
      SourceLocation location,
      StepOptions options,
      Composition composition,
      List<String> candidates)
      implements Step {
    public CompositionStep {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * An image built from the workspace.
   *
   * @param image the reference the image gets, and that {@code ${{step}}} stands for
   */
  record BuildStep(
      String name, SourceLocation location, StepOptions options, BuildConfig build, String image)
      implements Step {}

  /**
   * A step of a type that is not run here.
   *
   * @param type as written, such as {@code push}
   * @param reason why it is not run, for the user
   */
  record OtherStep(
      String name, SourceLocation location, StepOptions options, String type, String reason)
      implements Step {}
}
