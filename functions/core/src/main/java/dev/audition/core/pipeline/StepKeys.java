package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.tree.TreeNode.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that the steps run here may have; says which ones have no effect or are unknown. */
final class StepKeys {
  private static final Set<String> COMMON =
      Set.of(
          "type",
          "title",
          "description",
          "stage",
          "fail_fast",
          "strict_fail_fast",
          "timeout",
          "retry",
          "when",
          "on_success",
          "on_fail",
          "on_finish",
          "hooks",
          "env",
          "debug",
          "arguments");

  private static final Map<String, Set<String>> OWN =
      Map.of(
          StepNode.COMPOSITION,
          Set.of(
              "composition",
              "composition_candidates",
              "composition_variables",
              "working_directory",
              "add_flow_volume_to_composition"),
          StepNode.FREESTYLE,
          Set.of(
              "image",
              "commands",
              "cmd",
              "shell",
              "entry_point",
              "environment",
              "working_directory",
              "volumes",
              "services"),
          StepNode.BUILD,
          Set.of(
              "image_name",
              "working_directory",
              "context",
              "dockerfile",
              "build_arguments",
              "target",
              "tag",
              "tags"));

  /** Keys that are known, change nothing about a verdict here, and need no word. */
  private static final Map<String, Set<String>> SILENT =
      Map.of(
          StepNode.COMPOSITION,
          Set.of("environment_name", "entry_point", "assets", "docker_machine"),
          StepNode.FREESTYLE,
          Set.of("docker_machine"),
          StepNode.BUILD,
          Set.of(
              "docker_machine",
              "registry",
              "disable_push",
              "no_cf_cache",
              "metadata",
              "provider",
              "tag_policy",
              "progress",
              "buildkit",
              "cache_from",
              "cache_to"));

  private static final String PULLS =
      "images are pulled with the credentials that docker pull finds";

  /** Keys that are known and have no effect here, and why. */
  private static final Map<String, String> WITHOUT_EFFECT =
      Map.of(
          "registry_contexts", PULLS,
          "registry_context", PULLS,
          "create_file", "the file is not written",
          "no_cache", "the engine's cache is used",
          "squash", "layers stay as they are",
          "secrets", "the build gets no secrets",
          "ssh", "the build gets no keys",
          "platform", "the engine's own platform is built",
          "build_arguments_from_variables", "only build_arguments are handed to the build");

  private final Reading reading;

  StepKeys(Reading reading) {
    this.reading = reading;
  }

  /** Tell which keys of a step have no effect. */
  void check(StepNode step) {
    for (Entry entry : step.body().entries()) {
      String key = entry.key();
      if (known(step.type(), key)) {
        continue;
      }
      String why = WITHOUT_EFFECT.get(key);
      if (why == null) {
        reading
            .diagnostics()
            .warn(
                Category.NO_EFFECT,
                entry.keyLocation(),
                step.path(key),
                "a %s step has no such key, and it has no effect".formatted(step.type()),
                Near.names(key, own(step.type())));
      } else {
        tellWithoutEffect(step, entry, why);
      }
    }
  }

  private void tellWithoutEffect(StepNode step, Entry entry, String why) {
    String message = "has no effect here: " + why;
    if (entry.key().equals("registry_contexts")) {
      reading
          .diagnostics()
          .note(Category.NO_EFFECT, entry.keyLocation(), step.path(entry.key()), message, "");
    } else {
      reading
          .diagnostics()
          .warn(Category.NO_EFFECT, entry.keyLocation(), step.path(entry.key()), message, "");
    }
  }

  private static boolean known(String type, String key) {
    return COMMON.contains(key)
        || OWN.getOrDefault(type, Set.of()).contains(key)
        || SILENT.getOrDefault(type, Set.of()).contains(key);
  }

  private static List<String> own(String type) {
    List<String> names = new ArrayList<>(OWN.getOrDefault(type, Set.of()));
    names.addAll(COMMON);
    return names.stream().sorted().toList();
  }
}
