package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.hook.HookKind;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the root keys of a pipeline; source of the rules: the language's validator. */
final class PipelineRoot {
  /** Every key that a root may have; any other is an error of the language. */
  static final List<String> KEYS =
      List.of(
          "version",
          "steps",
          "stages",
          "mode",
          "hooks",
          "fail_fast",
          "strict_fail_fast",
          "success_criteria",
          "services",
          "indicators",
          "build_version");

  /** Keys that were spelled otherwise once. */
  private static final String OLD_FAIL_FAST = "fail-fast";

  private static final Pattern ONE = Pattern.compile("\\+?0*1(\\.0*)?");

  private final Reading reading;
  private final Mapping root;

  PipelineRoot(Reading reading, Mapping root) {
    this.reading = reading;
    this.root = root;
  }

  /** Return a root with today's spellings. */
  static Mapping today(Mapping root) {
    Optional<Entry> old = root.entry(OLD_FAIL_FAST);
    return old.isEmpty() || root.entry("fail_fast").isPresent()
        ? root
        : root.without(OLD_FAIL_FAST)
            .with(new Entry("fail_fast", old.get().keyLocation(), old.get().value()));
  }

  /** Check everything but the steps. */
  void check() {
    checkVersion();
    for (Entry entry : root.entries()) {
      if (!KEYS.contains(entry.key())) {
        reading.invalid(
            entry.keyLocation(), entry.key(), "is no key of a pipeline's root", remedy(entry));
      }
    }
    checkMode();
    checkServices();
    entry("success_criteria")
        .ifPresent(
            found ->
                reading.notYet(
                    "success_criteria", new Reading.Place(found.keyLocation(), "the root")));
  }

  private static String remedy(Entry entry) {
    if (HookKind.of(entry.key()).isPresent()) {
      return "Write hooks: {%s: ...}; only steps have it without.".formatted(entry.key());
    }
    String near = Near.names(entry.key(), KEYS);
    return near.isEmpty() ? "The keys are: " + String.join(", ", KEYS) + "." : near;
  }

  /** Read what is done after the run. */
  void readHooks(Substitution substitution) {
    entry("hooks").ifPresent(hooks -> HooksReader.of(reading, substitution).root(hooks, "hooks"));
  }

  private void checkVersion() {
    Optional<Entry> version = entry("version");
    if (version.isEmpty()) {
      reading.invalid(
          root.location(), "version", "a pipeline says its version", "Add version: '1.0'.");
    } else if (!(version.get().value() instanceof Scalar scalar
        && ONE.matcher(scalar.text().strip()).matches())) {
      reading.invalid(
          version.get().value().location(),
          "version",
          "is %s (expected: 1.0, the only version there is)"
              .formatted(version.get().value().kind()),
          "Write version: '1.0'.");
    }
  }

  private void checkMode() {
    Entry mode = entry("mode").orElse(null);
    if (mode == null) {
      return;
    }
    String text = mode.value() instanceof Scalar scalar ? scalar.text() : "";
    SourceLocation location = mode.value().location();
    if (text.equals("parallel")) {
      boolean told = reading.request().planOnly() || reading.request().step() != null;
      reading
          .diagnostics()
          .add(
              new Diagnostic(
                  told ? Severity.WARNING : Severity.REFUSAL,
                  Category.UNSUPPORTED,
                  location,
                  "mode",
                  "parallel steps are not run yet"
                      + (reading.request().step() != null
                          ? "; only the step asked for is"
                          : told ? ", run refuses them; planned in the file's order" : ""),
                  reading.request().step() != null ? "" : "Run one step with --step NAME."));
    } else if (!text.equals("sequential")) {
      reading.invalid(
          location,
          "mode",
          "is %s (expected: sequential or parallel)".formatted(mode.value().kind()),
          "");
    }
  }

  private void checkServices() {
    Entry services = entry("services").orElse(null);
    if (services == null) {
      return;
    }
    if (!(services.value() instanceof Mapping)) {
      reading.invalid(
          services.value().location(),
          "services",
          "is %s (expected: a mapping with name and composition)"
              .formatted(services.value().kind()),
          "");
      return;
    }
    boolean told = reading.request().planOnly() || reading.request().skipUnsupported();
    reading
        .diagnostics()
        .add(
            new Diagnostic(
                told ? Severity.WARNING : Severity.REFUSAL,
                Category.UNSUPPORTED,
                services.keyLocation(),
                "services",
                "services of the whole pipeline are not started yet"
                    + (told ? "; the steps do without them" : ""),
                told
                    ? ""
                    : "Move them under services of the step, or give --skip-unsupported to do"
                        + " without them."));
  }

  /** Check {@code stages}, and that each step's stage is one of them. */
  void checkStages(List<StepNode> steps, Substitution substitution) {
    Set<String> stages = stages(substitution);
    for (StepNode step : steps) {
      Entry stage = step.entry("stage").orElse(null);
      if (stage == null) {
        continue;
      }
      String path = step.path("stage");
      String name = text(stage.value(), path, substitution).orElse("");
      if (!stages.contains(name)) {
        reading.invalid(
            stage.value().location(),
            path,
            "%s is none of the root's stages".formatted(stage.value().kind()),
            "%s Add it under stages.".formatted(Near.names(name, stages)).strip());
      }
    }
  }

  private Set<String> stages(Substitution substitution) {
    Set<String> names = new LinkedHashSet<>();
    TreeNode stages = entry("stages").map(Entry::value).orElse(null);
    if (stages instanceof Sequence(var items, _, _)) {
      for (TreeNode item : items) {
        text(item, "stages", substitution)
            .ifPresentOrElse(names::add, () -> refuseStages(item, "the name of a stage"));
      }
    } else if (stages != null) {
      refuseStages(stages, "a list of names");
    }
    return names;
  }

  private void refuseStages(TreeNode node, String expected) {
    reading.invalid(
        node.location(), "stages", "is %s (expected: %s)".formatted(node.kind(), expected), "");
  }

  private static Optional<String> text(TreeNode node, String path, Substitution substitution) {
    return node instanceof Scalar scalar
        ? Optional.of(
            substitution.text(scalar.text(), scalar.location(), path, Substitution.Use.TEXT))
        : Optional.empty();
  }

  private Optional<Entry> entry(String key) {
    return root.entry(key).filter(entry -> !entry.value().isNull());
  }
}
