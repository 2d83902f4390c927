package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the steps of a file, children of parallel steps after their parent, and settles their names
 * and spellings.
 */
final class StepNodes {
  /** The most characters of a step's name; source: the language's validator. */
  private static final int MAXIMUM_NAME = 150;

  private static final Pattern FORBIDDEN_IN_NAME = Pattern.compile("[.#$\\[\\]]");
  private static final Pattern VERSION = Pattern.compile(":[0-9][0-9A-Za-z.+-]*$");

  /** Keys that were spelled otherwise once; both spellings mean the same. */
  private static final Map<String, String> OLD_SPELLINGS =
      Map.of(
          "fail-fast", "fail_fast",
          "working-directory", "working_directory",
          "composition-candidates", "composition_candidates",
          "composition-variables", "composition_variables");

  private final Reading reading;
  private final Substitution substitution;
  private final List<StepNode> found = new ArrayList<>();
  private final Map<String, SourceLocation> places = new HashMap<>();

  StepNodes(Reading reading, Substitution substitution) {
    this.reading = reading;
    this.substitution = substitution;
  }

  /** Return all steps under the root's {@code steps}. */
  List<StepNode> read(Mapping steps) {
    for (Entry entry : steps.entries()) {
      step(entry, null);
    }
    return List.copyOf(found);
  }

  private void step(Entry entry, @Nullable StepNode parent) {
    String name = substitution.key(entry, "steps");
    if (!checkName(name, entry.keyLocation())) {
      return;
    }
    String path = "steps." + name;
    if (!(entry.value() instanceof Mapping written)) {
      reading.invalid(
          entry.keyLocation(),
          path,
          "is %s (expected: a mapping with the step's keys)".formatted(entry.value().kind()),
          "Write its keys below it, indented.");
      return;
    }
    Mapping body = today(written, path);
    Optional<String> type = type(body, path);
    if (type.isEmpty()) {
      return;
    }
    if (StepTypes.isBuiltIn(type.get())) {
      body = argumentsMerged(body, path);
    }
    if (parent != null && body.entry("timeout").isEmpty()) {
      body = parent.body().entry("timeout").map(body::with).orElse(body);
    }
    StepNode step =
        new StepNode(
            name, entry.keyLocation(), type.get(), body, parent == null ? null : parent.name());
    found.add(step);
    if (step.isParallel()) {
      children(step);
    }
  }

  private void children(StepNode parallel) {
    TreeNode children = parallel.find("steps").orElse(null);
    if (children instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      mapping.entries().forEach(entry -> step(entry, parallel));
    } else {
      reading.invalid(
          parallel.locationOf("steps"),
          parallel.path("steps"),
          "a parallel step needs a mapping of at least one step under steps",
          "");
    }
  }

  private boolean checkName(String name, SourceLocation location) {
    String path = "steps." + name;
    SourceLocation earlier = places.putIfAbsent(name, location);
    if (earlier != null) {
      reading.invalid(
          location,
          path,
          "a step of this name stands at line %d already; names are unique in the whole file,"
                  .formatted(earlier.line())
              + " children of parallel steps included",
          "Rename one of them.");
      return false;
    }
    if (name.isBlank() || name.length() > MAXIMUM_NAME) {
      reading.invalid(
          location,
          path.length() > MAXIMUM_NAME ? "steps" : path,
          "a step's name has 1 to %d characters (this one: %d)"
              .formatted(MAXIMUM_NAME, name.length()),
          "Rename it; title takes any text.");
      return false;
    }
    if (FORBIDDEN_IN_NAME.matcher(name).find()) {
      reading.invalid(location, path, "a step's name holds none of . # $ [ ]", "Rename it.");
      return false;
    }
    return true;
  }

  private Mapping today(Mapping written, String path) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : written.entries()) {
      String name = OLD_SPELLINGS.get(entry.key().strip());
      if (name == null) {
        entries.add(entry);
      } else if (written.entry(name).isPresent()) {
        reading.invalid(
            entry.keyLocation(),
            path + "." + entry.key(),
            "%s is the same key, and both are there".formatted(name),
            "Keep " + name + ".");
      } else {
        entries.add(new Entry(name, entry.keyLocation(), entry.value()));
      }
    }
    return new Mapping(entries, written.tag(), written.location());
  }

  private Optional<String> type(Mapping body, String path) {
    Optional<Entry> entry = body.entry("type");
    if (entry.isEmpty() || entry.get().value().isNull()) {
      return Optional.of(StepNode.FREESTYLE);
    }
    if (!(entry.get().value() instanceof Scalar scalar)) {
      reading.invalid(
          entry.get().keyLocation(),
          path + ".type",
          "is %s (expected: text such as composition)".formatted(entry.get().value().kind()),
          "");
      return Optional.empty();
    }
    String type =
        substitution
            .text(scalar.text(), scalar.location(), path + ".type", Substitution.Use.TEXT)
            .strip();
    String plain = VERSION.matcher(type).replaceFirst("");
    return Optional.of(StepTypes.isBuiltIn(plain) ? plain : type);
  }

  private Mapping argumentsMerged(Mapping body, String path) {
    TreeNode arguments = body.find("arguments").orElse(null);
    if (arguments == null || arguments.isNull()) {
      return body.without("arguments");
    }
    if (!(arguments instanceof Mapping mapping)) {
      reading
          .diagnostics()
          .refuse(
              Category.INVALID,
              arguments.location(),
              path + ".arguments",
              "is %s (expected: a mapping of the step's keys)".formatted(arguments.kind()),
              "");
      return body.without("arguments");
    }
    SequencedMap<String, Entry> merged = new LinkedHashMap<>();
    body.without("arguments").entries().forEach(entry -> merged.put(entry.key(), entry));
    today(mapping, path + ".arguments").entries().forEach(entry -> merged.put(entry.key(), entry));
    return new Mapping(List.copyOf(merged.values()), body.tag(), body.location());
  }
}
