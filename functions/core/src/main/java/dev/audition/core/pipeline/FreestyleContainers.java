package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads what the container of a freestyle step runs, and where. */
final class FreestyleContainers {
  private final Reading reading;
  private final StepFolders folders;

  FreestyleContainers(Reading reading, StepFolders folders) {
    this.reading = reading;
    this.folders = folders;
  }

  /** Read; empty if it was refused. */
  Optional<FreestyleContainer> read(StepNode step, Substitution substitution) {
    Optional<Scalar> image = image(step, substitution);
    if (step.has("cmd") && step.has("commands")) {
      refuse(step, "cmd", "cmd and commands exclude each other", "Keep commands.");
    }
    if (step.has("shell") && !step.has("commands")) {
      refuse(step, "shell", "shell needs commands to run in it", "Add commands.");
    }
    TreeNode entrypoint = words(step, "entry_point", substitution);
    TreeNode command = words(step, "cmd", substitution);
    Entry commands = step.entry("commands").orElse(null);
    if (commands != null) {
      SourceLocation where = commands.keyLocation();
      entrypoint =
          new Sequence(
              List.of(text(shell(step, substitution), where), text("-c", where)), null, where);
      command = script(step, commands, substitution);
    }
    String folder = folders.inside(step, substitution);
    return image.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FreestyleContainer(
                image.get(),
                entrypoint,
                command,
                environment(step, substitution),
                folder.equals(StepFolders.OF_THE_IMAGE) ? null : folder,
                volumes(step, substitution)));
  }

  private Optional<Scalar> image(StepNode step, Substitution substitution) {
    TreeNode node = step.find("image").orElse(null);
    if (node instanceof Scalar scalar) {
      return Optional.of(substitution.image(scalar, step.path("image")));
    }
    boolean composition = step.has("composition") || step.has("composition_candidates");
    refuse(
        step,
        "image",
        node == null
            ? "a step without a type is a freestyle step, and needs an image"
            : "is %s (expected: an image)".formatted(node.kind()),
        composition ? "Write type: composition if it is one." : "Add image: NAME:TAG.");
    return Optional.empty();
  }

  private String shell(StepNode step, Substitution substitution) {
    return step.find("shell").orElse(null) instanceof Scalar scalar
        ? substitution
            .text(scalar.text(), scalar.location(), step.path("shell"), Substitution.Use.TEXT)
            .strip()
        : "sh";
  }

  /** Join the commands to one script that ends with the first failure. */
  private @Nullable TreeNode script(StepNode step, Entry commands, Substitution substitution) {
    StringBuilder script = new StringBuilder("set -e");
    List<TreeNode> items =
        commands.value() instanceof Sequence sequence
            ? sequence.items()
            : List.of(commands.value());
    for (TreeNode item : items) {
      if (item instanceof Scalar scalar) {
        HandedOn.warn(reading, scalar, step.path("commands"));
        script
            .append('\n')
            .append(
                substitution.text(
                    scalar.text(),
                    scalar.location(),
                    step.path("commands"),
                    Substitution.Use.TEXT));
      } else {
        reading.invalid(
            item.location(),
            step.path("commands"),
            "is %s (expected: a command)".formatted(item.kind()),
            item instanceof Mapping
                ? "Put quotes around a command that holds \": \" or begins with a brace."
                : "");
      }
    }
    SourceLocation where = commands.value().location();
    return new Sequence(List.of(text(script.toString(), where)), null, where);
  }

  private @Nullable TreeNode words(StepNode step, String key, Substitution substitution) {
    TreeNode node = step.find(key).orElse(null);
    if (node == null) {
      return null;
    }
    if (node instanceof Mapping
        || (node instanceof Sequence(var items, _, _)
            && !items.stream().allMatch(Scalar.class::isInstance))) {
      refuse(step, key, "is %s (expected: text or a list of words)".formatted(node.kind()), "");
      return null;
    }
    return substitution.tree(node, step.path(key), Substitution.Use.TEXT);
  }

  /** The pipeline's variables, and the step's own over them. */
  private SequencedMap<String, String> environment(StepNode step, Substitution substitution) {
    SequencedMap<String, String> environment = substitution.environment();
    environment.putAll(new KeyValues(reading, substitution).read(step, "environment"));
    return environment;
  }

  private List<String> volumes(StepNode step, Substitution substitution) {
    List<String> volumes = new ArrayList<>();
    volumes.add(Workspace.VOLUME_NAME + ":" + Workspace.VOLUME_PATH);
    TreeNode node = step.find("volumes").orElse(null);
    if (node == null) {
      return volumes;
    }
    if (!(node instanceof Sequence sequence)) {
      refuse(step, "volumes", "is %s (expected: a list)".formatted(node.kind()), "");
      return volumes;
    }
    for (TreeNode item : sequence.items()) {
      if (item instanceof Scalar scalar && scalar.text().contains(":")) {
        String text =
            substitution.text(
                scalar.text(), scalar.location(), step.path("volumes"), Substitution.Use.TEXT);
        volume(step, text, scalar.location()).ifPresent(volumes::add);
      } else {
        refuse(step, "volumes", "is %s (expected: folder:/path)".formatted(item.kind()), "");
      }
    }
    return volumes;
  }

  /**
   * Return a mount of a part of the pipeline's volume: a folder of the clone, or, as nothing else
   * is kept there, an empty volume.
   */
  private Optional<String> volume(StepNode step, String text, SourceLocation location) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      refuse(step, "volumes", "\"%s\" is not folder:/path".formatted(text), "");
      return Optional.empty();
    }
    String inVolume = Paths.resolve(Workspace.VOLUME_PATH, "./" + text.substring(0, colon));
    if (Paths.isWithin(folders.cloneFolder(), inVolume)) {
      return Optional.of(
          folders.outside(reading.workspace().root(), inVolume) + text.substring(colon));
    }
    reading
        .diagnostics()
        .note(
            Category.EMULATED,
            location,
            step.path("volumes"),
            "%s is not part of the clone and starts empty".formatted(inVolume),
            "");
    return Optional.of(text.substring(colon + 1));
  }

  private void refuse(StepNode step, String key, String message, String remedy) {
    reading.invalid(step.locationOf(key), step.path(key), message, remedy);
  }

  private static Scalar text(String text, SourceLocation where) {
    return new Scalar(text, false, null, where);
  }
}
