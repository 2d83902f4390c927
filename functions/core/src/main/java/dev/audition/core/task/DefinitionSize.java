package dev.audition.core.task;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.plan.Plan;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses task definitions that ECS would find too large. */
final class DefinitionSize {
  /** Longer than any real ones: their lengths are not known yet where a plan is made. */
  private static final LogOptions LOGS =
      new LogOptions("g".repeat(200), "r".repeat(20), "p".repeat(100), true);

  private static final TaskDefinitionJson.Roles ROLES =
      new TaskDefinitionJson.Roles("r".repeat(200), "r".repeat(200));

  /** For tags, the registry's credentials and references to secrets. */
  private static final int RESERVE = 4096;

  private DefinitionSize() {}

  static void check(Plan plan, TaskDefinition definition, Diagnostics diagnostics) {
    int bytes = bytes(TaskDefinitionJson.render(definition, LOGS, ROLES)) + RESERVE;
    if (bytes <= TaskDefinitionRules.MAXIMUM_BYTES) {
      return;
    }
    List<ContainerDefinition> largest =
        definition.containers().stream()
            .filter(container -> !container.name().startsWith(OwnContainers.PREFIX))
            .sorted(Comparator.comparingInt(DefinitionSize::texts).reversed())
            .limit(3)
            .toList();
    diagnostics.refuse(
        Category.SIZE,
        plan.location(),
        "services",
        "the task definition has about %d KiB, and ECS takes 64; the longest texts are those of %s"
            .formatted(
                Math.ceilDiv(bytes, 1024),
                String.join(
                    ", ",
                    largest.stream()
                        .map(c -> "%s (%d KiB)".formatted(c.service(), texts(c) / 1024))
                        .toList())),
        "Put long commands, values and labels into files of the workspace, and mount their"
            + " folder.");
  }

  /** Return the length of what a user writes at length. */
  private static int texts(ContainerDefinition container) {
    int length = 0;
    for (List<String> words : List.of(words(container.entryPoint()), words(container.command()))) {
      length += words.stream().mapToInt(DefinitionSize::length).sum();
    }
    for (var pairs : List.of(container.environment(), container.dockerLabels())) {
      length +=
          pairs.entrySet().stream().mapToInt(e -> length(e.getKey()) + length(e.getValue())).sum();
    }
    return length;
  }

  private static List<String> words(@Nullable List<String> words) {
    return words == null ? List.of() : words;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int bytes(TreeNode json) {
    return length(JsonWriter.write(json));
  }
}
