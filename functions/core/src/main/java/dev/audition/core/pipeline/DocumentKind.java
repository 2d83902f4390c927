package dev.audition.core.pipeline;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.List;
import java.util.Set;

/** What a file is, by what stands in it; its name does not matter. */
enum DocumentKind {
  /** It has steps, or what else only a pipeline has. */
  PIPELINE,
  /** It has services, or services at the top as compose's first layout has them. */
  COMPOSE,
  /** It is a step, or several, without the pipeline around. */
  FRAGMENT,
  /** Nothing in it says what it is. */
  UNKNOWN;

  private static final Set<String> COMPOSE_KEYS =
      Set.of(
          "version",
          "name",
          "services",
          "networks",
          "volumes",
          "configs",
          "secrets",
          "include",
          "models");

  private static final List<String> ONLY_IN_PIPELINES =
      List.of("stages", "mode", "hooks", "indicators", "success_criteria");

  private static final List<String> ONLY_IN_STEPS =
      List.of(
          "composition", "composition_candidates", "commands", "working_directory", "image_name");

  private static final List<String> IN_EVERY_SERVICE = List.of("image", "build", "extends");

  /** Say what a document is. */
  static DocumentKind of(Mapping root) {
    if (root.entry("steps").isPresent()) {
      return PIPELINE;
    }
    if (root.find("services").orElse(null) instanceof Mapping
        || root.entry("include").isPresent()) {
      return COMPOSE;
    }
    if (ONLY_IN_PIPELINES.stream().anyMatch(key -> root.entry(key).isPresent())) {
      return PIPELINE;
    }
    if (root.entries().stream().anyMatch(entry -> isStep(entry.value())) || isStep(root)) {
      return FRAGMENT;
    }
    if (root.entries().stream().allMatch(DocumentKind::isComposeKey)) {
      return COMPOSE;
    }
    boolean oldLayout =
        root.entries().stream()
            .filter(entry -> !isComposeKey(entry))
            .allMatch(entry -> isService(entry.value()));
    return oldLayout ? COMPOSE : UNKNOWN;
  }

  private static boolean isComposeKey(Entry entry) {
    return COMPOSE_KEYS.contains(entry.key()) || entry.key().startsWith("x-");
  }

  private static boolean isStep(TreeNode node) {
    return node instanceof Mapping mapping
        && (ONLY_IN_STEPS.stream().anyMatch(key -> mapping.entry(key).isPresent())
            || (mapping.find("type").orElse(null) instanceof Scalar type
                && StepTypes.isBuiltIn(type.text())));
  }

  private static boolean isService(TreeNode node) {
    return node instanceof Mapping mapping
        && IN_EVERY_SERVICE.stream().anyMatch(key -> mapping.entry(key).isPresent());
  }
}
