package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the compose document that a {@code composition} key means, in place or in a file, with
 * <code>${{NAME}}</code> substituted.
 */
final class CompositionSource {
  /** Top-level keys of a document in the oldest layout that name no service. */
  private static final Set<String> NO_SERVICES = Set.of("version", "networks", "volumes", "name");

  private final Reading reading;
  private final Substitution substitution;
  private final StepFolders folders;

  CompositionSource(Reading reading, Substitution substitution) {
    this.reading = reading;
    this.substitution = substitution;
    this.folders = new StepFolders(reading);
  }

  /**
   * A compose document.
   *
   * @param inFile whether it is a file of its own, so that its paths need no prefix
   */
  record Document(Mapping root, boolean inFile) {}

  /**
   * Read what a key means; empty if it was refused.
   *
   * @param directory absolute path of the folder that a path is seen from
   */
  Optional<Document> read(TreeNode node, String directory, String path) {
    return switch (node) {
      case Mapping mapping -> Optional.of(new Document(substituted(mapping, path), false));
      case Scalar scalar when isName(scalar) -> file(scalar, directory, path);
      case TreeNode other -> {
        reading.invalid(
            other.location(),
            path,
            "is %s (expected: a compose document, or the path of one)".formatted(other.kind()),
            "");
        yield Optional.empty();
      }
    };
  }

  /** Return a mapping of services with everything substituted, images checked. */
  Mapping services(Mapping services, String path) {
    List<Entry> changed = new ArrayList<>();
    for (Entry service : services.entries()) {
      String name = substitution.key(service, path);
      changed.add(
          new Entry(name, service.keyLocation(), service(service.value(), path + "." + name)));
    }
    return new Mapping(changed, services.tag(), services.location());
  }

  /** Return whether a document has a service, or takes some from elsewhere. */
  static boolean hasServices(Mapping document) {
    if (document.entry("include").isPresent()) {
      return true;
    }
    return document
        .find("services")
        .map(services -> services instanceof Mapping m && !m.entries().isEmpty())
        .orElseGet(() -> isOldLayout(document));
  }

  /** Return whether services stand at the top of a document, as in compose's first layout. */
  private static boolean isOldLayout(Mapping document) {
    return document.entry("services").isEmpty()
        && document.entries().stream()
            .anyMatch(
                entry ->
                    !NO_SERVICES.contains(entry.key())
                        && !entry.key().startsWith("x-")
                        && entry.value() instanceof Mapping);
  }

  private static boolean isName(Scalar scalar) {
    return !scalar.text().isBlank()
        && !scalar.isNull()
        && !(scalar.plain() && scalar.text().matches("[-+]?[0-9][0-9._]*|true|false"));
  }

  private Mapping substituted(Mapping document, String path) {
    if (isOldLayout(document)) {
      return services(document, path);
    }
    List<Entry> changed = new ArrayList<>();
    for (Entry entry : document.entries()) {
      String inner = path + "." + entry.key();
      TreeNode value =
          entry.key().equals("services") && entry.value() instanceof Mapping services
              ? services(services, inner)
              : substitution.tree(entry.value(), inner, Substitution.Use.TEXT);
      changed.add(
          new Entry(
              entry.key(),
              entry.keyLocation(),
              entry.key().equals("volumes") ? withoutPipelineVolume(value) : value));
    }
    return new Mapping(changed, document.tag(), document.location());
  }

  /** The pipeline's volume is there already, whatever a document says of it. */
  private static TreeNode withoutPipelineVolume(TreeNode volumes) {
    return volumes instanceof Mapping mapping ? mapping.without(Workspace.VOLUME_NAME) : volumes;
  }

  private TreeNode service(TreeNode node, String path) {
    if (!(node instanceof Mapping keys)) {
      return substitution.tree(node, path, Substitution.Use.TEXT);
    }
    List<Entry> changed = new ArrayList<>();
    for (Entry entry : keys.entries()) {
      String key = substitution.key(entry, path);
      String inner = path + "." + key;
      TreeNode value =
          key.equals("image") && entry.value() instanceof Scalar image
              ? substitution.image(image, inner)
              : substitution.tree(entry.value(), inner, Substitution.Use.TEXT);
      changed.add(new Entry(key, entry.keyLocation(), value));
    }
    return new Mapping(changed, keys.tag(), keys.location());
  }

  private Optional<Document> file(Scalar scalar, String directory, String path) {
    SourceLocation location = scalar.location();
    String name = substitution.text(scalar.text(), location, path, Substitution.Use.FOLDER).strip();
    String file = folders.outside(directory, name);
    if (!folders.checkWithin(file, location, path)) {
      return Optional.empty();
    }
    return switch (reading.files().read(file)) {
      case SourceFiles.Content.Text(String text) -> document(text, file);
      case SourceFiles.Content.Unreadable(String reason) -> {
        reading
            .diagnostics()
            .refuse(
                Category.MISSING_FILE,
                location,
                path,
                "%s cannot be read: %s".formatted(reading.files().display(file), reason),
                "");
        yield Optional.empty();
      }
      case SourceFiles.Content.Missing() -> {
        refuseMissing(name, file, location, path);
        yield Optional.empty();
      }
    };
  }

  private void refuseMissing(String name, String file, SourceLocation location, String path) {
    reading
        .diagnostics()
        .refuse(
            Category.MISSING_FILE,
            location,
            path,
            "\"%s\" is neither a stored composition (none are kept on one machine) nor a file (%s is"
                    .formatted(name, reading.files().display(file))
                + " not there)",
            "Write the composition in place, or the path of its file seen from working_directory.");
  }

  private Optional<Document> document(String text, String file) {
    String display = reading.files().display(file);
    TreeNode root = YamlReader.read(text, display, reading.diagnostics());
    if (root instanceof Mapping mapping) {
      return Optional.of(new Document(substituted(mapping, ""), true));
    }
    if (root != null) {
      reading.invalid(
          root.location(), "", "is %s (expected: a compose document)".formatted(root.kind()), "");
    }
    return Optional.empty();
  }
}
