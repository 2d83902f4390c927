package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Scalar;

/**
 * Where a step works: in its container, and where that is outside of it.
 *
 * <p>A relative {@code working_directory} is seen from the clone; without one it is the clone.
 */
final class StepFolders {
  /** Freestyle: the folder that the image itself says. */
  static final String OF_THE_IMAGE = "IMAGE_WORK_DIR";

  private final Reading reading;

  StepFolders(Reading reading) {
    this.reading = reading;
  }

  /** Return the clone's path in containers. */
  String cloneFolder() {
    return Workspace.VOLUME_PATH + "/" + reading.workspace().repository();
  }

  /** Return a step's {@code working_directory} as a container sees it; a text as written if odd. */
  String inside(StepNode step, Substitution substitution) {
    TreeNode node = step.find("working_directory").orElse(null);
    if (node == null) {
      return cloneFolder();
    }
    if (!(node instanceof Scalar scalar)) {
      reading.invalid(
          node.location(),
          step.path("working_directory"),
          "is %s (expected: a folder)".formatted(node.kind()),
          "");
      return cloneFolder();
    }
    String text =
        substitution
            .text(
                scalar.text(),
                scalar.location(),
                step.path("working_directory"),
                Substitution.Use.FOLDER)
            .strip();
    if (text.isEmpty() || text.contains("${{")) {
      return cloneFolder(); // without a value, which was told
    }
    return text.equals(OF_THE_IMAGE) ? text : Paths.resolve(cloneFolder(), text);
  }

  /**
   * Return the absolute path of the workspace that a step works in; the root, with a warning, where
   * the step works in a folder that only a container has.
   */
  String outside(StepNode step, Substitution substitution) {
    String inside = inside(step, substitution);
    String outside = outside(inside);
    if (Paths.isWithin(reading.workspace().root(), outside)) {
      return outside;
    }
    reading
        .diagnostics()
        .warn(
            Category.NO_EFFECT,
            step.locationOf("working_directory"),
            step.path("working_directory"),
            "%s is not in the workspace, whose root is taken instead".formatted(inside),
            "Write a path seen from the root.");
    return reading.workspace().root();
  }

  /** Return the folder of the workspace that a step works in; the root where it works elsewhere. */
  String outsideOrRoot(StepNode step, Substitution substitution) {
    String outside = outside(inside(step, substitution));
    String root = reading.workspace().root();
    return Paths.isWithin(root, outside) ? outside : root;
  }

  /** Return the path outside of containers that a text means, seen from a folder outside. */
  String outside(String folder, String text) {
    return text.startsWith("/") ? outside(Paths.resolve("/", text)) : Paths.resolve(folder, text);
  }

  /** Return whether a path lies in the workspace; refuse it where not. */
  boolean checkWithin(String path, SourceLocation location, String keyPath) {
    if (Paths.isWithin(reading.workspace().root(), path)) {
      return true;
    }
    reading
        .diagnostics()
        .refuse(
            Category.HOST_ACCESS,
            location,
            keyPath,
            "%s lies outside of the workspace %s"
                .formatted(
                    reading.files().display(path),
                    reading.files().display(reading.workspace().root())),
            "Move it into the workspace.");
    return false;
  }

  private String outside(String inside) {
    return Paths.isWithin(cloneFolder(), inside)
        ? Paths.resolve(reading.workspace().root(), "." + inside.substring(cloneFolder().length()))
        : inside;
  }
}
