package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the user named into a pipeline, whatever kind of file it is. */
public final class ProjectReader {
  private static final String WHAT_TO_WRITE =
      "Write steps: with what to run, or services: as in a compose file.";

  private final Reading reading;

  private ProjectReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * Read a pipeline, or compose files as a pipeline of one step named {@code composition}.
   *
   * <p>Never throws for what the files say. Everything that is wrong is told at once, refusals
   * first; if images or variables are missing, the last diagnostic's remedy is the command line
   * that gives them. A step that was refused is an {@link Step.OtherStep}.
   *
   * @throws IllegalArgumentException if no file is named
   */
  public static Project read(ProjectRequest request, SourceFiles files) {
    if (request.files().isEmpty()) {
      throw new IllegalArgumentException("files: none (expected: at least one)");
    }
    Reading reading = new Reading(request, files, files.display(request.files().getFirst()));
    Optional<Pipeline> pipeline = new ProjectReader(reading).read();
    List<Diagnostic> diagnostics = new ArrayList<>(reading.diagnostics().sorted());
    CommandLine.everythingMissing(reading).ifPresent(diagnostics::add);
    return new Project(pipeline.orElse(null), diagnostics);
  }

  private Optional<Pipeline> read() {
    List<String> files = reading.request().files();
    return switch (reading.files().read(files.getFirst())) {
      case SourceFiles.Content.Text(String text) -> document(text);
      case SourceFiles.Content.Missing() -> unreadable("there is no such file");
      case SourceFiles.Content.Unreadable(String reason) -> unreadable("cannot be read: " + reason);
    };
  }

  private Optional<Pipeline> unreadable(String message) {
    reading
        .diagnostics()
        .refuse(
            Category.MISSING_FILE,
            SourceLocation.of(reading.file()),
            "",
            message,
            "Name a pipeline or compose file, or a folder with one.");
    return Optional.empty();
  }

  private Optional<Pipeline> document(String text) {
    TreeNode node = YamlReader.read(text, reading.file(), reading.diagnostics());
    return switch (node) {
      case null -> Optional.empty();
      case Mapping root -> root(root);
      case Scalar scalar when scalar.isNull() -> refuse(scalar, "the file is empty", WHAT_TO_WRITE);
      case TreeNode other ->
          refuse(
              other, "the file is %s (expected: a mapping)".formatted(other.kind()), WHAT_TO_WRITE);
    };
  }

  private Optional<Pipeline> root(Mapping root) {
    boolean several = reading.request().files().size() > 1;
    return switch (DocumentKind.of(root)) {
      case PIPELINE ->
          several
              ? refuse(
                  root,
                  "a pipeline is read alone, and there are more files",
                  "Name one of them; several are for compose files.")
              : new PipelineReader(reading).read(PipelineRoot.today(root));
      case COMPOSE -> new ComposeProject(reading).read();
      case FRAGMENT ->
          refuse(
              root,
              "this is a step without a pipeline around it (expected: version and steps at the"
                  + " top)",
              "Write version: '1.0' and steps: above it, and indent it below steps.");
      case UNKNOWN ->
          refuse(
              root,
              "the file is neither a pipeline (no steps) nor a compose file (no services)",
              WHAT_TO_WRITE);
    };
  }

  private Optional<Pipeline> refuse(TreeNode node, String message, String remedy) {
    reading.invalid(node.location(), "", message, remedy);
    return Optional.empty();
  }
}
