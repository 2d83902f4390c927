package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.Interpolated;
import dev.audition.core.expression.Mention;
import dev.audition.core.expression.PipelineInterpolation;
import dev.audition.core.expression.VariableUse;
import dev.audition.core.expression.Variables;
import dev.audition.core.expression.Variables.Origin;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of <code>${{NAME}}</code>, in values and keys, before anything else
 * reads them.
 *
 * <p>What has no value stays as written, except in an image, where it is refused.
 */
final class Substitution {
  /** The source of the variables that every run has. */
  static final String BUILT_IN = "audition";

  private static final Pattern WHOLE = Pattern.compile("\\$\\{\\{[^}]*}}");

  /** How a text is used. */
  enum Use {
    /** Plain text of the pipeline. */
    TEXT,
    /** A folder: the name of a step means where it works. */
    FOLDER,
    /** An image: everything in it must have a value. */
    IMAGE
  }

  private final Reading reading;
  private final StepReferences references;
  private final Variables variables;

  /** Begin for one step; the empty name means the file's root. */
  Substitution(Reading reading, StepReferences references, String stepName) {
    this.reading = reading;
    this.references = references;
    this.variables = variables(reading.request(), stepName);
  }

  /** Return the variables of a pipeline: those handed in, then those that every run has. */
  private static Variables variables(ProjectRequest request, String stepName) {
    SequencedMap<String, String> builtIn = new LinkedHashMap<>();
    builtIn.put("CI", "true");
    builtIn.put("CF_VOLUME_NAME", Workspace.VOLUME_NAME);
    builtIn.put("CF_VOLUME", Workspace.VOLUME_NAME);
    builtIn.put("CF_VOLUME_PATH", Workspace.VOLUME_PATH);
    builtIn.put("CF_REPO_NAME", request.workspace().repository());
    builtIn.put("CF_BUILD_TRIGGER", "build");
    builtIn.put("CF_CURRENT_ATTEMPT", "1");
    builtIn.put("CF_MAX_ATTEMPTS", "1");
    if (request.branch() != null) {
      builtIn.put("CF_BRANCH", request.branch());
    }
    if (!stepName.isEmpty()) {
      builtIn.put("CF_STEP_NAME", stepName);
    }
    List<Variables.Source> sources = new ArrayList<>(request.pipelineVariables().sources());
    sources.add(new Variables.Source(BUILT_IN, builtIn));
    return new Variables(sources);
  }

  /**
   * Return every variable with its value, as freestyle containers have them in their environment.
   */
  SequencedMap<String, String> environment() {
    SequencedMap<String, String> environment = new LinkedHashMap<>();
    for (Variables.Source source : variables.sources().reversed()) {
      environment.putAll(source.values());
    }
    return environment;
  }

  /** Find a variable's value by name, and note that it is mentioned. */
  Optional<String> variable(String name, SourceLocation location) {
    Optional<Origin> origin = variables.origin(name);
    note(name, origin.orElse(null), location);
    return origin.map(Origin::value);
  }

  /**
   * Return an image with everything substituted; one that a build step of the pipeline makes as the
   * reference it has here.
   *
   * <p>Nothing is pushed here, so what a later step would pull by the build's name and tag is the
   * build itself.
   */
  Scalar image(Scalar scalar, String path) {
    SourceLocation location = scalar.location();
    String image = text(scalar.text(), location, path, Use.IMAGE).strip();
    Optional<Origin> built = references.builtAs(image, this::quietly);
    built.ifPresent(
        origin ->
            reading
                .diagnostics()
                .note(
                    Category.EMULATED,
                    location,
                    path,
                    "%s is what %s builds, and that image is taken"
                        .formatted(image, origin.source()),
                    ""));
    return image.equals(scalar.text())
        ? built.map(origin -> scalar.withText(origin.value())).orElse(scalar)
        : new Scalar(built.map(Origin::value).orElse(image), false, scalar.tag(), location);
  }

  /** Substitute without telling anybody; empty if something has no value. */
  private Optional<String> quietly(String text) {
    Interpolated result = PipelineInterpolation.interpolate(text, variables);
    return result.mentions().stream().allMatch(Mention::resolved)
        ? Optional.of(result.text())
        : Optional.empty();
  }

  /** Return a node with everything in it substituted. */
  TreeNode tree(TreeNode node, String path, Use use) {
    return switch (node) {
      case Scalar scalar -> scalar(scalar, path, use);
      case Sequence(var items, var tag, var location) -> {
        List<TreeNode> changed = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          changed.add(tree(items.get(i), "%s[%d]".formatted(path, i), use));
        }
        yield new Sequence(changed, tag, location);
      }
      case Mapping mapping -> mapping(mapping, path, use);
    };
  }

  /** What is put in for a variable is text: empty text then does not mean null. */
  private Scalar scalar(Scalar scalar, String path, Use use) {
    String text = text(scalar.text(), scalar.location(), path, use);
    return text.equals(scalar.text())
        ? scalar
        : new Scalar(text, false, scalar.tag(), scalar.location());
  }

  private Mapping mapping(Mapping mapping, String path, Use use) {
    List<Entry> changed = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Entry entry : mapping.entries()) {
      String key = key(entry, path);
      String inner = path + "." + key;
      if (keys.add(key)) {
        changed.add(new Entry(key, entry.keyLocation(), tree(entry.value(), inner, use)));
      } else {
        reading.invalid(
            entry.keyLocation(),
            inner,
            "the key stands twice once ${{...}} is substituted",
            "Keep one of them.");
      }
    }
    return new Mapping(changed, mapping.tag(), mapping.location());
  }

  /** Return a key with its variables substituted. */
  String key(Entry entry, String path) {
    return text(entry.key(), entry.keyLocation(), path, Use.TEXT);
  }

  /** Return a text with everything in it substituted. */
  String text(String text, SourceLocation location, String path, Use use) {
    if (!text.contains("${{")) {
      return text;
    }
    Map<String, Origin> found = new LinkedHashMap<>();
    Interpolated result =
        PipelineInterpolation.interpolate(
            text,
            name -> {
              Optional<Origin> origin = origin(name, use);
              origin.ifPresent(of -> found.put(name, of));
              return origin.map(Origin::value);
            });
    for (Mention mention : result.mentions()) {
      note(mention.name(), found.get(mention.name()), location);
      if (use == Use.IMAGE && (mention.value().isEmpty() || !mention.resolved())) {
        refuseImage(mention, text, location, path);
      } else if (!mention.resolved()) {
        reading.unresolved(mention.name(), new Reading.Place(location, path));
      }
    }
    return result.text();
  }

  private Optional<Origin> origin(String name, Use use) {
    return references.find(name, use).or(() -> variables.origin(name));
  }

  private void note(String name, @Nullable Origin origin, SourceLocation location) {
    reading.use(
        new VariableUse(
            name,
            origin == null ? "" : origin.value(),
            origin == null ? null : origin.source(),
            location));
  }

  private void refuseImage(Mention mention, String text, SourceLocation location, String path) {
    boolean whole = WHOLE.matcher(text.strip()).matches();
    String name = mention.name();
    String flag =
        whole
            ? "--image " + CommandLine.quoted(name + "=REF")
            : "--var " + CommandLine.quoted(name + "=VALUE");
    if (whole) {
      reading.missingImage(name);
    } else {
      reading.missingVariable(name);
    }
    reading
        .diagnostics()
        .refuse(
            Category.MISSING_VARIABLE,
            location,
            path,
            "${{%s}} %s, so there is no image to start"
                .formatted(name, mention.resolved() ? "is empty" : "has no value"),
            "Give it with %s.".formatted(flag));
  }
}
