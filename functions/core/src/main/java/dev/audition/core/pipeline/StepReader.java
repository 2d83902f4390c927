package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.pipeline.Step.OtherStep;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.Optional;

/** Reads one step of any type. */
final class StepReader {
  private final Reading reading;
  private final StepReferences references;
  private final StepOptionsReader optionsReader;

  StepReader(Reading reading, StepReferences references, StepOptionsReader optionsReader) {
    this.reading = reading;
    this.references = references;
    this.optionsReader = optionsReader;
  }

  /** Read one; a step that was refused is one that is not run. */
  Step read(StepNode step, StepSelection selection) {
    Optional<String> notRun = selection.notRun(step);
    if (notRun.isPresent()) {
      return other(step, notRun.get());
    }
    if (step.type().equals(StepNode.GIT_CLONE)) {
      return clone(step);
    }
    if (step.isBuild() && reading.request().images().containsKey(step.name())) {
      return other(step, "--image gives the image that it would build");
    }
    Substitution substitution = new Substitution(reading, references, step.name());
    boolean chosen = reading.request().step() != null;
    StepOptions options = optionsReader.read(step, substitution, chosen);
    Optional<Step> read =
        switch (step.type()) {
          case StepNode.COMPOSITION ->
              new CompositionSteps(reading).read(step, options, substitution);
          case StepNode.BUILD ->
              new BuildSteps(reading, references).read(step, options, substitution);
          default -> new FreestyleSteps(reading).read(step, options, substitution);
        };
    return read.orElseGet(() -> other(step, "could not be read"));
  }

  private static Step other(StepNode step, String reason) {
    return new OtherStep(step.name(), step.location(), StepOptions.DEFAULT, step.type(), reason);
  }

  /** The workspace is a clone already; of which repository only its name tells. */
  private Step clone(StepNode step) {
    String repository = step.find("repo").orElse(null) instanceof Scalar s ? s.text() : "";
    String reason = "the workspace stands for the clone";
    boolean same =
        step.name().equals("main_clone")
            || repository.isEmpty()
            || repository.contains("${{")
            || nameOf(repository).equals(reading.workspace().repository());
    if (same) {
      reading.diagnostics().note(Category.EMULATED, step.location(), step.path(""), reason, "");
    } else {
      reading
          .diagnostics()
          .warn(
              Category.EMULATED,
              step.location(),
              step.path(""),
              "%s is not cloned; the workspace (%s) stands for it"
                  .formatted(repository, reading.workspace().repository()),
              "Run in a clone of it if its files are needed.");
    }
    return other(step, reason);
  }

  private static String nameOf(String repository) {
    String path = repository.strip().replaceAll("(\\.git)?/?$", "");
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
  }
}
