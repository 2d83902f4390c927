package dev.audition.core.pipeline;

import dev.audition.core.expression.Variables.Origin;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a step stands for in <code>${{step}}</code>: the image of a build step, the
 * folder of any other.
 *
 * <p>Every step works in the clone, so the folder of each is the workspace.
 */
final class StepReferences {
  private static final String MAIN_CLONE = "main_clone";

  /** The clone that a pipeline has without saying so, under its name and those it had before. */
  private static final Set<String> CLONES = Set.of(MAIN_CLONE, "initial-clone", "initial_clone");

  private static final int MAXIMUM_REPOSITORY = 60;

  private final Reading reading;
  private final Map<String, StepNode> steps = new LinkedHashMap<>();
  private final Map<String, String> images = new LinkedHashMap<>();
  private final Set<String> referenced = new LinkedHashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Name and tag in lower case to build step; null until somebody asks. */
  private @Nullable Map<String, String> builders;

  /**
   * Begin.
   *
   * @param steps all steps of the file
   * @param built those build steps whose image there will be
   */
  StepReferences(Reading reading, List<StepNode> steps, List<StepNode> built) {
    this.reading = reading;
    steps.forEach(step -> this.steps.put(step.name(), step));
    Set<String> taken = new LinkedHashSet<>();
    for (StepNode step : built) {
      images.put(step.name(), image(step.name(), taken));
    }
  }

  /** Return the reference that a build step's image gets. */
  String imageOf(StepNode step) {
    return images.getOrDefault(step.name(), image(step.name(), new LinkedHashSet<>()));
  }

  /** Return the names of the build steps whose image something asked for. */
  Set<String> referenced() {
    return referenced;
  }

  /** Find what {@code name}, {@code name.member} or {@code steps.name.member} stands for. */
  Optional<Origin> find(String text, Substitution.Use use) {
    boolean asFolder = use == Substitution.Use.FOLDER;
    String reference = text.startsWith("steps.") ? text.substring("steps.".length()) : text;
    if (steps.containsKey(reference) || reading.request().images().containsKey(reference)) {
      return whole(reference, asFolder);
    }
    int dot = reference.lastIndexOf('.');
    if (dot > 0) {
      return member(reference.substring(0, dot), reference.substring(dot + 1), use);
    }
    return whole(reference, asFolder);
  }

  /**
   * Find the build step that makes an image of this name and tag, the last of several.
   *
   * @param substitute puts in variables; empty where one has no value
   */
  Optional<Origin> builtAs(String image, Function<String, Optional<String>> substitute) {
    if (builders == null) {
      builders = new HashMap<>();
      for (StepNode step : steps.values()) {
        Optional<String> named = step.isBuild() ? named(step, substitute) : Optional.empty();
        if (named.isPresent()) {
          builders.put(named.get().toLowerCase(Locale.ROOT), step.name());
        }
      }
    }
    return Optional.ofNullable(builders.get(image.toLowerCase(Locale.ROOT)))
        .flatMap(this::imageNamed);
  }

  /** Return the name and tag that a build step gives its image; the tag is the branch's if none. */
  private static Optional<String> named(
      StepNode step, Function<String, Optional<String>> substitute) {
    return text(step, "image_name")
        .flatMap(substitute)
        .flatMap(
            name ->
                substitute
                    .apply(text(step, "tag").orElse("${{CF_BRANCH_TAG_NORMALIZED}}"))
                    .map(tag -> name + ":" + tag));
  }

  private static Optional<String> text(StepNode step, String key) {
    return step.find(key).orElse(null) instanceof Scalar scalar
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private Optional<Origin> whole(String name, boolean asFolder) {
    StepNode step = steps.get(name);
    boolean known = step != null || CLONES.contains(name);
    if (asFolder && known) {
      return Optional.of(new Origin(cloneFolder(), "step " + name));
    }
    Optional<Origin> image = imageNamed(name);
    if (image.isPresent()) {
      return image;
    }
    boolean clone =
        CLONES.contains(name) || (step != null && step.type().equals(StepNode.GIT_CLONE));
    return clone ? Optional.of(new Origin(cloneFolder(), "step " + name)) : Optional.empty();
  }

  /** Find a step's image that something needs. */
  private Optional<Origin> imageNamed(String name) {
    if (images.containsKey(name) && !reading.request().images().containsKey(name)) {
      referenced.add(name);
    }
    return mentioned(name);
  }

  /** Find a step's image that is only spoken of, as by who says what became of it. */
  private Optional<Origin> mentioned(String name) {
    String given = reading.request().images().get(name);
    return given != null
        ? Optional.of(new Origin(given, "--image"))
        : Optional.ofNullable(images.get(name)).map(of -> new Origin(of, "step " + name));
  }

  private Optional<Origin> member(String name, String member, Substitution.Use use) {
    return switch (member) {
      case "imageId" -> use == Substitution.Use.IMAGE ? imageNamed(name) : mentioned(name);
      case "imageName" -> imageNamed(name).map(of -> new Origin(nameOf(of.value()), of.source()));
      case "imageTagName" -> imageNamed(name).map(of -> new Origin(tagOf(of.value()), of.source()));
      case "workingDirectory" -> whole(name, true).filter(of -> steps.containsKey(name));
      case "name" ->
          Optional.ofNullable(steps.get(name)).map(of -> new Origin(name, "step " + name));
      default -> Optional.empty();
    };
  }

  private String cloneFolder() {
    return Workspace.VOLUME_PATH + "/" + reading.workspace().repository();
  }

  private static String nameOf(String image) {
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    return name.substring(0, tagStart(name));
  }

  private static String tagOf(String image) {
    int digest = image.indexOf('@');
    if (digest >= 0) {
      return image.substring(digest + 1);
    }
    int start = tagStart(image);
    return start == image.length() ? "latest" : image.substring(start + 1);
  }

  private static int tagStart(String image) {
    int colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? colon : image.length();
  }

  private String image(String step, Set<String> taken) {
    String repository = component(reading.workspace().repository());
    String start =
        repository.substring(0, Math.min(repository.length(), MAXIMUM_REPOSITORY))
            + "-"
            + component(step);
    String name = start;
    while (!taken.add(name)) {
      name = start + "-" + numbers.merge(start, 2, (last, _) -> last + 1);
    }
    return "audition.local/build/" + name + ":latest";
  }

  /** Return text as part of an image's name: lower case letters, digits and single hyphens. */
  private static String component(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return plain.isEmpty() ? "x" : plain;
  }
}
