package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what every step may say of its time, its failure and when it runs. */
final class StepOptionsReader {
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n");
  private static final Pattern WHOLE_VARIABLE = Pattern.compile("\\$\\{\\{.+?}}");

  /** Keys that are valid on any step and not brought about yet. */
  private static final List<String> NOT_YET = List.of("retry", "env", "debug");

  private final Reading reading;
  private final Substitution root;
  private final @Nullable Boolean rootFailFast;
  private final @Nullable Boolean rootStrict;

  /** Begin with what the file's root says. */
  StepOptionsReader(Reading reading, Substitution substitution, Mapping rootMapping) {
    this.reading = reading;
    this.root = substitution;
    this.rootFailFast = failFast(rootMapping.entry("fail_fast").orElse(null), "", root);
    this.rootStrict = strict(rootMapping.entry("strict_fail_fast").orElse(null), "", root);
  }

  /**
   * Read a step's options.
   *
   * @param chosen whether the step was asked for by name: then {@code when} does not keep it from
   *     running, and its failure counts whatever {@code fail_fast} says, there being nothing else
   *     that could
   */
  StepOptions read(StepNode step, Substitution substitution, boolean chosen) {
    for (String key : NOT_YET) {
      step.entry(key)
          .ifPresent(
              entry -> reading.notYet(key, new Reading.Place(entry.keyLocation(), step.path(""))));
    }
    HooksReader.of(reading, substitution).step(step);
    String path = step.path("") + ".";
    Boolean failFast = failFast(step.entry("fail_fast").orElse(null), path, substitution);
    Boolean strict = strict(step.entry("strict_fail_fast").orElse(null), path, substitution);
    return new StepOptions(
        timeout(step, substitution),
        chosen || first(failFast, first(rootFailFast, true)),
        first(strict, first(rootStrict, false)),
        new WhenReader(reading, substitution).skippedBy(step, chosen));
  }

  private static boolean first(@Nullable Boolean value, boolean otherwise) {
    return value == null ? otherwise : value;
  }

  private @Nullable Duration timeout(StepNode step, Substitution substitution) {
    Entry entry = step.entry("timeout").orElse(null);
    if (entry == null) {
      return null;
    }
    String path = step.path("timeout");
    Optional<Duration> timeout = Optional.empty();
    if (entry.value() instanceof Scalar scalar) {
      String text =
          substitution.text(scalar.text(), scalar.location(), path, Substitution.Use.TEXT);
      timeout = Timeouts.parse(text.strip());
    }
    if (timeout.isEmpty()) {
      reading
          .diagnostics()
          .warn(
              Category.NO_EFFECT,
              entry.value().location(),
              path,
              "%s is not a timeout (expected: a number and s, m or h, at most 596h) and is ignored"
                  .formatted(entry.value().kind()),
              "Write for example 15m.");
    }
    return timeout.filter(Duration::isPositive).orElse(null);
  }

  private @Nullable Boolean failFast(
      @Nullable Entry entry, String path, Substitution substitution) {
    if (entry == null || entry.value().isNull()) {
      return null;
    }
    if (entry.value() instanceof Mapping && path.isEmpty()) {
      reading.notYet("fail_fast as a mapping", new Reading.Place(entry.keyLocation(), "the root"));
      return null;
    }
    return bool(entry.value(), path + "fail_fast", substitution, "true, false");
  }

  private @Nullable Boolean strict(@Nullable Entry entry, String path, Substitution substitution) {
    if (entry == null || entry.value().isNull()) {
      return null;
    }
    String at = path + "strict_fail_fast";
    boolean allowed =
        entry.value() instanceof Scalar scalar
            && (scalar.plain() || WHOLE_VARIABLE.matcher(scalar.text()).matches());
    String expected = "true or false without quotes";
    if (!allowed) {
      refuse(entry.value(), at, expected);
      return null;
    }
    return bool(entry.value(), at, substitution, expected);
  }

  private @Nullable Boolean bool(
      TreeNode node, String path, Substitution substitution, String expected) {
    String text = "";
    if (node instanceof Scalar scalar) {
      text =
          substitution
              .text(scalar.text(), scalar.location(), path, Substitution.Use.TEXT)
              .strip()
              .toLowerCase(Locale.ROOT);
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return TRUE.contains(text);
    }
    if (!WHOLE_VARIABLE.matcher(text).matches()) { // a variable without a value was told already
      refuse(node, path, expected);
    }
    return null;
  }

  private void refuse(TreeNode node, String path, String expected) {
    reading.invalid(
        node.location(),
        path,
        "is %s (expected: %s, or one ${{VARIABLE}})".formatted(node.kind(), expected),
        "");
  }
}
