package dev.audition.core.task;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.PlannedMount;
import dev.audition.core.plan.TaskPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refuses secrets where ECS cannot put them: anywhere but in variables. */
final class SecretPlaces {
  private SecretPlaces() {}

  static void check(TaskPlan task, Diagnostics diagnostics) {
    for (PlannedContainer container : task.containers()) {
      check(container, "image", Stream.of(container.image()), diagnostics);
      check(container, "entrypoint", words(container.entrypoint()), diagnostics);
      check(container, "command", words(container.command()), diagnostics);
      check(container, "user", Stream.of(container.user()), diagnostics);
      check(container, "working_dir", Stream.of(container.workingDir()), diagnostics);
      check(container, "labels", container.labels().values().stream(), diagnostics);
      if (container.health() != null) {
        check(container, "healthcheck", container.health().command().stream(), diagnostics);
      }
      check(container, "configs", texts(container), diagnostics);
    }
  }

  private static Stream<String> words(@Nullable List<String> words) {
    return words == null ? Stream.of() : words.stream();
  }

  private static Stream<String> texts(PlannedContainer container) {
    return container.mounts().stream()
        .map(mount -> mount instanceof PlannedMount.TextMount text ? text.text() : "");
  }

  private static void check(
      PlannedContainer container, String key, Stream<String> texts, Diagnostics diagnostics) {
    Optional<SecretReference> found =
        texts.flatMap(text -> SecretReference.within(text).stream()).findFirst();
    found.ifPresent(
        secret ->
            diagnostics.refuse(
                Category.UNSUPPORTED,
                container.location(),
                "services." + container.service() + "." + key,
                "the secret %s stands here; on Fargate a secret is the whole value of a variable"
                    .formatted(secret),
                "Put it into environment, and read the variable in the container."));
  }
}
