package dev.audition.core.pipeline;

import dev.audition.core.compose.BuildConfig;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads build steps: the local engine builds them from the workspace. */
final class BuildSteps {
  private final Reading reading;
  private final StepReferences references;
  private final StepFolders folders;

  BuildSteps(Reading reading, StepReferences references) {
    this.reading = reading;
    this.references = references;
    this.folders = new StepFolders(reading);
  }

  /** Read one; empty if it was refused. */
  Optional<Step> read(StepNode step, StepOptions options, Substitution substitution) {
    new StepKeys(reading).check(step);
    String context = folders.outside(step, substitution);
    String within = text(step, "context", substitution);
    if (within != null) {
      context = folders.outside(context, within);
    }
    if (!folders.checkWithin(context, step.locationOf("context"), step.path("context"))) {
      return Optional.empty();
    }
    String inline = inlineDockerfile(step, substitution);
    String dockerfile = inline == null ? text(step, "dockerfile", substitution) : null;
    if (inline == null) {
      checkDockerfile(step, context, dockerfile == null ? "Dockerfile" : dockerfile);
    }
    BuildConfig build =
        new BuildConfig(
            context,
            dockerfile,
            inline,
            new KeyValues(reading, substitution).read(step, "build_arguments"),
            text(step, "target", substitution),
            step.location());
    return Optional.of(
        new Step.BuildStep(step.name(), step.location(), options, build, references.imageOf(step)));
  }

  private void checkDockerfile(StepNode step, String context, String dockerfile) {
    String path = folders.outside(context, dockerfile);
    if (reading.files().kind(path) != SourceFiles.Kind.FILE) {
      reading
          .diagnostics()
          .warn(
              Category.MISSING_FILE,
              step.locationOf("dockerfile"),
              step.path("dockerfile"),
              "%s is not there, so the build will fail".formatted(reading.files().display(path)),
              "Give the image with --image %s=REF, or add the file."
                  .formatted(CommandLine.quoted(step.name())));
    }
  }

  private @Nullable String inlineDockerfile(StepNode step, Substitution substitution) {
    return step.find("dockerfile").orElse(null) instanceof Mapping mapping
            && mapping.find("content").orElse(null) instanceof Scalar content
        ? substitution.text(
            content.text(),
            content.location(),
            step.path("dockerfile.content"),
            Substitution.Use.TEXT)
        : null;
  }

  private @Nullable String text(StepNode step, String key, Substitution substitution) {
    TreeNode node = step.find(key).orElse(null);
    if (node == null) {
      return null;
    }
    if (!(node instanceof Scalar scalar)) {
      reading.invalid(
          node.location(), step.path(key), "is %s (expected: text)".formatted(node.kind()), "");
      return null;
    }
    String text =
        substitution.text(scalar.text(), scalar.location(), step.path(key), Substitution.Use.TEXT);
    return text.isBlank() ? null : text;
  }
}
