package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.ComposeInterpolation;
import dev.audition.core.expression.Interpolated;
import dev.audition.core.expression.VariableLookup;
import dev.audition.core.expression.Variables;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in the place of {@code ${NAME}} in a compose document; keys stay as they are, and so
 * does what stands under {@code x-} at the top, which nobody reads.
 */
final class TreeInterpolation {
  /** What a pipeline leaves where a variable of its own has no value. */
  private static final Pattern PIPELINE_VARIABLE = Pattern.compile("\\$\\{\\{[^}]*}}");

  /** The keys whose text a shell in the container may read. */
  private static final Set<String> FOR_A_SHELL = Set.of("command", "entrypoint", "healthcheck");

  private final Variables variables;
  private final Reading reading;
  private final boolean pipeline;
  private final Function<Entry, Set<String>> ownEnvironment;

  /**
   * Make one.
   *
   * @param ownEnvironment names that a service's container has in its environment; asked only in
   *     pipelines
   */
  TreeInterpolation(
      Variables variables,
      Reading reading,
      boolean pipeline,
      Function<Entry, Set<String>> ownEnvironment) {
    this.variables = variables;
    this.reading = reading;
    this.pipeline = pipeline;
    this.ownEnvironment = ownEnvironment;
  }

  /** Interpolate a whole document. */
  Mapping document(Mapping root) {
    return entries(
        root,
        entry ->
            switch (entry.key()) {
              case "x-audition" -> value(entry.value(), entry.key(), variables);
              case "services" -> services(entry.value());
              case String key when key.startsWith("x-") -> entry.value();
              case String key -> value(entry.value(), key, variables);
            });
  }

  /** Interpolate a mapping of services. */
  TreeNode services(TreeNode node) {
    return node instanceof Mapping services
        ? entries(services, this::service)
        : value(node, "services", variables);
  }

  private TreeNode service(Entry service) {
    String path = "services." + service.key();
    if (!pipeline || !(service.value() instanceof Mapping keys)) {
      return value(service.value(), path, variables);
    }
    Set<String> own = ownEnvironment.apply(service);
    VariableLookup forItsShell =
        name ->
            variables
                .find(name)
                .or(() -> own.contains(name) ? Optional.of("${" + name + "}") : Optional.empty());
    return entries(
        keys,
        entry ->
            value(
                entry.value(),
                path + "." + entry.key(),
                FOR_A_SHELL.contains(entry.key()) ? forItsShell : variables));
  }

  private TreeNode value(TreeNode node, String path, VariableLookup lookup) {
    return switch (node) {
      case Scalar scalar -> scalar(scalar, path, lookup);
      case Sequence sequence -> {
        List<TreeNode> items = new ArrayList<>();
        for (TreeNode item : sequence.items()) {
          items.add(value(item, path + "[" + items.size() + "]", lookup));
        }
        yield new Sequence(items, sequence.tag(), sequence.location());
      }
      case Mapping mapping ->
          entries(mapping, entry -> value(entry.value(), path + "." + entry.key(), lookup));
    };
  }

  private static Mapping entries(Mapping mapping, Function<Entry, TreeNode> change) {
    return new Mapping(
        mapping.entries().stream()
            .map(entry -> new Entry(entry.key(), entry.keyLocation(), change.apply(entry)))
            .toList(),
        mapping.tag(),
        mapping.location());
  }

  /** What is put in for a variable is text: empty text then does not mean null. */
  private Scalar scalar(Scalar scalar, String path, VariableLookup lookup) {
    if (scalar.text().indexOf('$') < 0) {
      return scalar;
    }
    String text =
        pipeline
            ? aroundPipelineVariables(scalar, path, lookup)
            : piece(scalar.text(), scalar, path, lookup);
    return new Scalar(text, false, scalar.tag(), scalar.location());
  }

  private String aroundPipelineVariables(Scalar scalar, String path, VariableLookup lookup) {
    StringBuilder text = new StringBuilder();
    Matcher matcher = PIPELINE_VARIABLE.matcher(scalar.text());
    int from = 0;
    for (MatchResult left : matcher.results().toList()) {
      text.append(piece(scalar.text().substring(from, left.start()), scalar, path, lookup));
      text.append(left.group());
      from = left.end();
    }
    return text.append(piece(scalar.text().substring(from), scalar, path, lookup)).toString();
  }

  private String piece(String text, Scalar scalar, String path, VariableLookup lookup) {
    Interpolated done = ComposeInterpolation.interpolate(text, lookup);
    reading.log().note(done, variables, scalar.location(), path);
    if (!reading.budget().characters(done.text().length())) {
      reading
          .diagnostics()
          .refuse(
              Category.SIZE,
              SourceLocation.of(scalar.location().file()),
              "",
              "with their variables replaced the values are too large",
              "Pass large values in files.");
      return "";
    }
    return done.text();
  }
}
